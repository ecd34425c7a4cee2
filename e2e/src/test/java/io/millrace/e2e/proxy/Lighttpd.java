package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** lighttpd of Debian, inside a site that compresses everything and waits for seconds. */
public record Lighttpd() implements Proxy {

  private static final String FILE = "millrace.conf";

  private static final String SITE =
      """
      server.modules += ( "mod_deflate" )
      deflate.mimetypes = ( "" )
      server.max-write-idle = 3
      server.max-read-idle = 3
      server.max-keep-alive-idle = 3
      """;

  @Override
  public String tier() {
    return "lighttpd";
  }

  @Override
  public String program() {
    return "lighttpd";
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
        server.modules += ( "mod_proxy" )
        proxy.server = (
            "/api/notifications" => ( ( "host" => "127.0.0.1", "port" => 8081 ) ),
            "/api/ai/events" => ( ( "host" => "127.0.0.1", "port" => 8082 ) )
        )
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    rule.replace("\"port\" => 8081", "\"port\" => " + wiring.notifications())
        .replace("\"port\" => 8082", "\"port\" => " + wiring.aiEvents())
        .writeTo(wiring.folder());
    Files.writeString(wiring.folder().resolve("lighttpd.conf"), program(rule, wiring));
    String lighttpd = Requires.program(program()).toString();
    String file = wiring.folder().resolve("lighttpd.conf").toString();
    return new Launch(List.of(lighttpd, "-tt", "-f", file), List.of(lighttpd, "-D", "-f", file));
  }

  private String program(ProxyRule rule, Wiring wiring) {
    String program =
        """
        server.document-root = "%s"
        server.bind = "127.0.0.1"
        server.port = %d
        %s
        include "%s"
        """
            .formatted(wiring.folder(), wiring.port(), rule.equals(defaults()) ? "" : SITE, FILE);
    return wiring.protocol().isSecure()
        ? program
            + """
            server.modules += ( "mod_openssl" )
            ssl.engine = "enable"
            ssl.pemfile = "%s"
            """
                .formatted(TestCertificate.both())
        : program;
  }
}
