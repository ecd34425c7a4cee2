package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Traefik with the shipped static and dynamic configuration. It has no checker but its log. */
public final class Traefik implements Proxy {

  private static final String STATIC = "traefik.yaml";
  private static final String DYNAMIC = "millrace.yaml";

  /** It listens before it has read the routes: a route to nobody tells when it has. */
  private static final String READY_ROUTER =
      "    ready: {rule: \"Path(`/ready`)\", service: ready}\n";

  private static final String READY_SERVICE =
      "    ready: {loadBalancer: {servers: [{url: \"http://127.0.0.1:1\"}]}}\n";

  /** One of its own: at first Traefik agrees on HTTP/1.1 only, and clients keep connections. */
  private static final HttpClient READY_CLIENT =
      HttpClient.newBuilder().sslContext(TestCertificate.trusted()).build();

  @Override
  public boolean isReady(Wiring wiring) {
    URI ready = URI.create(wiring.protocol().scheme() + "://" + wiring.address() + "/ready");
    try {
      HttpResponse<Void> response =
          READY_CLIENT.send(
              HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding());
      return response.statusCode() == 502;
    } catch (IOException refused) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String tier() {
    return "traefik";
  }

  @Override
  public String program() {
    return "traefik";
  }

  @Override
  public ProxyRule defaults() {
    return new ProxyRule(
        new TreeMap<>(
            Map.of(
                STATIC,
                """
                entryPoints:
                  web:
                    address: ":80"
                providers:
                  file:
                    filename: /etc/traefik/millrace.yaml
                """,
                DYNAMIC,
                """
                http:
                  routers:
                    notifications:
                      rule: "PathPrefix(`/api/notifications`)"
                      service: notifications
                    ai-events:
                      rule: "PathPrefix(`/api/ai/events`)"
                      service: ai-events
                  services:
                    notifications:
                      loadBalancer:
                        servers:
                          - url: "http://127.0.0.1:8081"
                    ai-events:
                      loadBalancer:
                        servers:
                          - url: "http://127.0.0.1:8082"
                """)));
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    boolean secure = wiring.protocol().isSecure();
    String tls = secure ? "\n    http:\n      tls: {}" : "";
    ProxyRule wired =
        rule.replace("address: \":80\"", "address: \"" + wiring.address() + "\"" + tls)
            .replace("/etc/traefik/millrace.yaml", wiring.folder().resolve(DYNAMIC).toString())
            .replace("\n  routers:\n", "\n  routers:\n" + READY_ROUTER)
            .replace("\n  services:\n", "\n  services:\n" + READY_SERVICE)
            .replace("127.0.0.1:8081", "127.0.0.1:" + wiring.notifications())
            .replace("127.0.0.1:8082", "127.0.0.1:" + wiring.aiEvents());
    Map<String, String> files = wired.files();
    // It would ask its makers for a newer version.
    files.merge(STATIC, "\nglobal:\n  checkNewVersion: false\n", String::concat);
    if (secure) {
      files.merge(
          DYNAMIC,
          """

          tls:
            stores:
              default:
                defaultCertificate:
                  certFile: %s
                  keyFile: %s
          """
              .formatted(TestCertificate.certificate(), TestCertificate.key()),
          String::concat);
    }
    wired.writeTo(wiring.folder());
    return new Launch(
        List.of(), List.of(Requires.program(program()).toString(), "--configFile=" + STATIC));
  }
}
