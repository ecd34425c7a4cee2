package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Apache Traffic Server with the shipped files in an installation that cuts a silent response after
 * a second and any response after two.
 */
public final class TrafficServer implements Proxy {

  private static final String SITE =
      """
      CONFIG proxy.config.http.transaction_no_activity_timeout_in INT 1
      CONFIG proxy.config.http.transaction_no_activity_timeout_out INT 1
      CONFIG proxy.config.http.transaction_active_timeout_in INT 2
      """;

  @Override
  public String tier() {
    return "trafficserver";
  }

  @Override
  public String program() {
    return "traffic_server";
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        "remap.config",
        """
        map /api/notifications http://127.0.0.1:8081/api/notifications
        map /api/ai/events http://127.0.0.1:8082/api/ai/events
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    Path folder = wiring.folder();
    Path etc = folder.resolve("etc");
    rule.replace("127.0.0.1:8081", "127.0.0.1:" + wiring.notifications())
        .replace("127.0.0.1:8082", "127.0.0.1:" + wiring.aiEvents())
        .writeTo(etc);
    for (String name : List.of("var", "log", "cache")) {
      Files.createDirectories(folder.resolve(name));
    }
    String secure = wiring.protocol().isSecure() ? ":ssl" : "";
    // One that is root stays it: any other user may not enter the folder.
    String program =
        """
        CONFIG proxy.config.http.server_ports STRING %d:ip-in=127.0.0.1%s
        CONFIG proxy.config.admin.user_id STRING #-1
        CONFIG proxy.config.crash_log_helper STRING
        CONFIG proxy.config.ssl.server.cert.path STRING etc
        CONFIG proxy.config.ssl.server.private_key.path STRING etc
        CONFIG proxy.config.exec_thread.autoconfig INT 0
        CONFIG proxy.config.exec_thread.limit INT 1
        """
            .formatted(wiring.port(), secure);
    String site = rule.equals(defaults()) ? "" : SITE;
    String shipped = rule.files().getOrDefault("records.config", "");
    Files.writeString(etc.resolve("records.config"), program + site + shipped);
    writeSurroundings(etc);
    Path layout = Files.writeString(folder.resolve("runroot.yaml"), layout(folder));
    String server = Requires.program(program()).toString();
    return new Launch(
        List.of(server, "-C", "verify_config", "--run-root=" + layout),
        List.of(server, "--run-root=" + layout));
  }

  /** What it does not start without. */
  private static void writeSurroundings(Path etc) throws IOException {
    Files.writeString(
        etc.resolve("ip_allow.yaml"),
        "ip_allow: [{apply: in, ip_addrs: 127.0.0.1, action: allow, methods: ALL}]\n");
    Files.writeString(etc.resolve("plugin.config"), "");
    Files.writeString(etc.resolve("storage.config"), "cache 32M\n");
    Files.writeString(
        etc.resolve("ssl_multicert.config"),
        "dest_ip=* ssl_cert_name=proxy.crt ssl_key_name=proxy.key\n");
    Files.copy(TestCertificate.certificate(), etc.resolve("proxy.crt"));
    Files.copy(TestCertificate.key(), etc.resolve("proxy.key"));
  }

  private static String layout(Path folder) {
    return """
        prefix: %1$s
        exec_prefix: /usr
        bindir: /usr/bin
        sbindir: /usr/bin
        sysconfdir: %1$s/etc
        datadir: /usr/share/trafficserver
        includedir: /usr/include
        libdir: /usr/lib/trafficserver
        libexecdir: /usr/lib/trafficserver/modules
        localstatedir: %1$s/var
        runtimedir: %1$s/var
        logdir: %1$s/log
        cachedir: %1$s/cache
        """
        .formatted(folder);
  }
}
