package io.millrace.e2e.proxy;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** nghttpx of Debian, with timeouts of seconds for everything the rule does not name. */
public record Nghttpx() implements Proxy {

  private static final String FILE = "nghttpx.conf";

  @Override
  public String tier() {
    return "nghttpx";
  }

  @Override
  public String program() {
    return "nghttpx";
  }

  @Override
  public ProxyRule shipped() {
    return ProxyRule.shipped(tier())
        .replace(
            "add-x-forwarded-for=yes",
            """
            add-x-forwarded-for=yes
            frontend-read-timeout=3s
            frontend-write-timeout=3s
            frontend-http2-read-timeout=3s
            backend-read-timeout=1s
            backend-write-timeout=1s
            """);
  }

  @Override
  public Optional<String> reload() {
    return Optional.of("HUP");
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        FILE,
        """
        frontend=*,80;no-tls
        backend=127.0.0.1,8081;/
        backend=127.0.0.1,8082;/api/ai/
        """);
  }

  /** It has no checker. */
  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    wired(rule, wiring).writeTo(wiring.folder());
    String file = wiring.folder().resolve(FILE).toString();
    String nghttpx = Requires.program(program()).toString();
    return new Launch(List.of(), List.of(nghttpx, "--conf=" + file, "--workers=1"));
  }

  private static ProxyRule wired(ProxyRule rule, Wiring wiring) {
    ProxyRule wired =
        rule.replace("frontend=*,80;no-tls", frontend(wiring))
            .replace("127.0.0.1,8081", "127.0.0.1," + wiring.notifications())
            .replace("127.0.0.1,8082", "127.0.0.1," + wiring.aiEvents());
    String others = "127.0.0.1,8080";
    return wired.files().get(FILE).contains(others)
        ? wired.replace(others, "127.0.0.1," + Loopback.freePort())
        : wired;
  }

  private static String frontend(Wiring wiring) {
    String frontend = "frontend=%s,%d".formatted(Loopback.HOST, wiring.port());
    return wiring.protocol().isSecure()
        ? "%s\nprivate-key-file=%s\ncertificate-file=%s"
            .formatted(frontend, TestCertificate.key(), TestCertificate.certificate())
        : frontend + ";no-tls";
  }
}
