package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.util.List;

/** Envoy with the shipped static configuration. */
public final class Envoy implements Proxy {

  private static final String FILE = "envoy.yaml";

  @Override
  public String tier() {
    return "envoy";
  }

  @Override
  public String program() {
    return "envoy";
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        FILE,
        """
        static_resources:
          listeners:
            - address:
                socket_address: {address: 0.0.0.0, port_value: 80}
              filter_chains:
                - filters:
                    - name: envoy.filters.network.http_connection_manager
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                        stat_prefix: web
                        route_config:
                          virtual_hosts:
                            - name: all
                              domains: ["*"]
                              routes:
                                - {match: {prefix: /api/notifications}, route: {cluster: notifications}}
                                - {match: {prefix: /api/ai/events}, route: {cluster: ai_events}}
                        http_filters:
                          - name: envoy.filters.http.router
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
          clusters:
            - name: notifications
              load_assignment:
                cluster_name: notifications
                endpoints:
                  - lb_endpoints:
                      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 8081}}}
            - name: ai_events
              load_assignment:
                cluster_name: ai_events
                endpoints:
                  - lb_endpoints:
                      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 8082}}}
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    ProxyRule wired =
        rule.replace(
                "{address: 0.0.0.0, port_value: 80}",
                "{address: 127.0.0.1, port_value: %d}".formatted(wiring.port()))
            .replace("port_value: 8081", "port_value: " + wiring.notifications())
            .replace("port_value: 8082", "port_value: " + wiring.aiEvents());
    if (wiring.protocol().isSecure()) {
      wired = wired.replace("- filters:", "- " + tls() + "\n          filters:");
    }
    wired.writeTo(wiring.folder());
    String program = Requires.program(program()).toString();
    return new Launch(
        List.of(program, "--mode", "validate", "-c", FILE, "-l", "warning"),
        List.of(
            program, "-c", FILE, "-l", "warning", "--disable-hot-restart", "--concurrency", "1"));
  }

  private static String tls() {
    return """
        transport_socket: {name: envoy.transport_sockets.tls, typed_config: {\
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext, \
        common_tls_context: {alpn_protocols: [h2, http/1.1], tls_certificates: [{\
        certificate_chain: {filename: %s}, private_key: {filename: %s}}]}}}"""
        .formatted(TestCertificate.certificate(), TestCertificate.key());
  }
}
