package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * nginx with the rule in an http{} that has everything on that breaks a stream.
 *
 * @param program {@code nginx}, or a newer one beside it
 * @param http2 how a server is told to speak HTTP/2, which changed in 1.25.1
 */
public record Nginx(String program, Http2 http2) implements Proxy {

  /** A parameter of {@code listen}, or a directive of its own. */
  public enum Http2 {
    PARAMETER,
    DIRECTIVE
  }

  /** The 1.22 of Debian. */
  public static Nginx debian() {
    return new Nginx("nginx", Http2.PARAMETER);
  }

  /** With the defaults since 1.29.7: HTTP/1.1 and keep-alive to the upstream. */
  public static Nginx mainline() {
    return new Nginx("nginx-mainline", Http2.DIRECTIVE);
  }

  @Override
  public String tier() {
    return "nginx";
  }

  @Override
  public Optional<String> reload() {
    return Optional.of("HUP");
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        "millrace.conf",
        """
        server {
            listen 80;
            location /api/notifications { proxy_pass http://127.0.0.1:8081; }
            location /api/ai/events { proxy_pass http://127.0.0.1:8082; }
        }
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    return launch(rule, wiring, "hostile.conf");
  }

  /** The same inside an http{} of another kind. */
  Launch launch(ProxyRule rule, Wiring wiring, String http) throws IOException {
    Path conf = wiring.folder().resolve("conf");
    Files.createDirectories(wiring.folder().resolve("tmp"));
    // The shipped server block goes where hostile.conf looks for it, what it includes beside
    // nginx.conf.
    rule.replace("listen 80;", listen(wiring))
        .replace("127.0.0.1:8081", "127.0.0.1:" + wiring.notifications())
        .replace("127.0.0.1:8082", "127.0.0.1:" + wiring.aiEvents())
        .writeTo(conf);
    Files.createDirectories(conf.resolve("conf.d"));
    Files.move(conf.resolve("millrace.conf"), conf.resolve("conf.d/millrace.conf"));
    try (InputStream main = Nginx.class.getResourceAsStream("/nginx/" + http)) {
      Files.writeString(
          conf.resolve("nginx.conf"), new String(main.readAllBytes(), StandardCharsets.UTF_8));
    }
    List<String> run =
        new ArrayList<>(
            List.of(
                Requires.program(program).toString(),
                "-p",
                wiring.folder() + "/",
                "-c",
                "conf/nginx.conf",
                "-e",
                "error.log"));
    if ("root".equals(System.getProperty("user.name"))) {
      // A master that is root would give its workers to a user who may not enter the folder.
      run.addAll(List.of("-g", "user root;"));
    }
    List<String> check = new ArrayList<>(run);
    check.add("-t");
    return new Launch(check, run);
  }

  private String listen(Wiring wiring) {
    if (!wiring.protocol().isSecure()) {
      return "listen " + wiring.address() + ";";
    }
    String listen =
        switch (http2) {
          case PARAMETER -> "listen %s ssl http2;";
          case DIRECTIVE -> "listen %s ssl; http2 on;";
        };
    return (listen + " ssl_certificate %s; ssl_certificate_key %s;")
        .formatted(wiring.address(), TestCertificate.certificate(), TestCertificate.key());
  }
}
