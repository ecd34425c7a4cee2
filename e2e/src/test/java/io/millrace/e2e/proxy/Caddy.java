package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Caddy with the shipped Caddyfile, or another one with the same example addresses. */
public final class Caddy implements Proxy {

  private static final String FILE = "Caddyfile";

  private final String program;

  private Caddy(String program) {
    this.program = program;
  }

  /** The newest. */
  public static Caddy current() {
    return new Caddy("caddy");
  }

  /** The 2.6 of Debian. */
  public static Caddy debian() {
    return new Caddy("caddy-2.6");
  }

  @Override
  public String tier() {
    return "caddy";
  }

  @Override
  public String program() {
    return program;
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        FILE,
        """
        :80 {
        	handle /api/notifications* {
        		reverse_proxy 127.0.0.1:8081
        	}
        	handle /api/ai/events* {
        		reverse_proxy 127.0.0.1:8082
        	}
        }
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    String site = "http://" + wiring.address() + " {";
    if (wiring.protocol().isSecure()) {
      site =
          "https://%s {\n\ttls %s %s"
              .formatted(wiring.address(), TestCertificate.certificate(), TestCertificate.key());
    }
    ProxyRule wired =
        rule.replace(":80 {", site)
            .replace("127.0.0.1:8081", "127.0.0.1:" + wiring.notifications())
            .replace("127.0.0.1:8082", "127.0.0.1:" + wiring.aiEvents());
    // No administration over the network, and no listener that sends clients on to HTTPS.
    String options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n";
    ProxyRule.of(FILE, options + wired.files().get(FILE)).writeTo(wiring.folder());
    return new Launch(command(wiring, "validate"), command(wiring, "run"));
  }

  /** Caddy keeps what it last ran with in the user's folders; here in those of the test. */
  private List<String> command(Wiring wiring, String verb) {
    return Stream.of(
            "env",
            "XDG_CONFIG_HOME=" + wiring.folder(),
            "XDG_DATA_HOME=" + wiring.folder(),
            Requires.program(program).toString(),
            verb,
            "--config",
            FILE,
            "--adapter",
            "caddyfile")
        .toList();
  }
}
