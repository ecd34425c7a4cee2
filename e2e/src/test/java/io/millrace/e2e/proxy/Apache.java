package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Apache httpd of Debian, inside a site that compresses everything and waits for seconds. */
public record Apache() implements Proxy {

  private static final String FILE = "millrace.conf";

  /** What a site may have switched on for its pages and what breaks a stream. */
  private static final String SITE =
      """
      Timeout 3
      ProxyTimeout 1
      KeepAliveTimeout 1
      SetOutputFilter DEFLATE
      """;

  @Override
  public String tier() {
    return "apache";
  }

  @Override
  public String program() {
    return "apache2";
  }

  @Override
  public Optional<String> reload() {
    return Optional.of("USR1");
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        FILE,
        """
        <VirtualHost *:80>
            ProxyPass /api/notifications http://127.0.0.1:8081/api/notifications
            ProxyPass /api/ai/events http://127.0.0.1:8082/api/ai/events
        </VirtualHost>
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    rule.replace(
            "<VirtualHost *:80>", "<VirtualHost %s>%s".formatted(wiring.address(), secure(wiring)))
        .replace("http://127.0.0.1:8081", "http://127.0.0.1:" + wiring.notifications())
        .replace("http://127.0.0.1:8082", "http://127.0.0.1:" + wiring.aiEvents())
        .writeTo(wiring.folder());
    try (InputStream site = Apache.class.getResourceAsStream("/proxy/apache.conf")) {
      String text =
          new String(site.readAllBytes(), StandardCharsets.UTF_8)
              + (rule.equals(defaults()) ? "" : SITE);
      Files.writeString(
          wiring.folder().resolve("httpd.conf"),
          ProxyRule.of("httpd.conf", text)
              .replaceAll(1, "@{address}", wiring.address())
              .files()
              .get("httpd.conf"));
    }
    String apache = Requires.program(program()).toString();
    List<String> files = List.of("-d", wiring.folder().toString(), "-f", "httpd.conf");
    return new Launch(
        List.of(apache, files.get(0), files.get(1), files.get(2), files.get(3), "-t"),
        List.of(apache, files.get(0), files.get(1), files.get(2), files.get(3), "-DFOREGROUND"));
  }

  private static String secure(Wiring wiring) {
    return wiring.protocol().isSecure()
        ? "\nSSLEngine on\nSSLCertificateFile %s\nSSLCertificateKeyFile %s\nProtocols h2 http/1.1"
            .formatted(TestCertificate.certificate(), TestCertificate.key())
        : "";
  }
}
