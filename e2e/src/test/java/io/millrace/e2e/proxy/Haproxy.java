package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * HAProxy, a version of it.
 *
 * @param program {@code haproxy}, or another version beside it
 */
public record Haproxy(String program) implements Proxy {

  private static final String FILE = "haproxy.cfg";

  /** The 2.6 of Debian. */
  public static Haproxy debian() {
    return new Haproxy("haproxy");
  }

  /** 2.8, a version with long support. */
  public static Haproxy lts() {
    return new Haproxy("haproxy-lts");
  }

  @Override
  public String tier() {
    return "haproxy";
  }

  /** With compression of everything, and timeouts of seconds, in the defaults around it. */
  @Override
  public ProxyRule shipped() {
    return ProxyRule.shipped(tier())
        .replace("timeout server 60s", "timeout server 1s\n    compression algo gzip")
        .replace("timeout client 60s", "timeout client 3s\n    timeout http-request 3s");
  }

  @Override
  public Optional<String> reload() {
    return Optional.of("USR2");
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        FILE,
        """
        defaults
            mode http
            timeout connect 5s
            timeout client 50s
            timeout server 50s
        frontend web
            bind :80
            use_backend ai_events if { path_beg /api/ai/events }
            default_backend notifications
        backend notifications
            server replica1 127.0.0.1:8081
        backend ai_events
            server replica1 127.0.0.1:8082
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    rule.replace("bind :80\n", "bind " + wiring.address() + secure(wiring) + "\n")
        .replace("127.0.0.1:8081", "127.0.0.1:" + wiring.notifications())
        .replace("127.0.0.1:8082", "127.0.0.1:" + wiring.aiEvents())
        .writeTo(wiring.folder());
    String haproxy = Requires.program(program).toString();
    String file = wiring.folder().resolve(FILE).toString();
    return new Launch(
        List.of(haproxy, "-c", "-f", file), List.of(haproxy, "-W", "-db", "-f", file));
  }

  private static String secure(Wiring wiring) {
    return wiring.protocol().isSecure()
        ? " ssl crt " + TestCertificate.both() + " alpn h2,http/1.1"
        : "";
  }
}
