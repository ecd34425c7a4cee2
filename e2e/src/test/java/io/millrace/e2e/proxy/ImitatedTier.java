package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A cloud's proxy, as far as its makers document when it ends a response: an Envoy with the same
 * limits, all of them divided by one number.
 *
 * @param title the tier and the limit, for people
 * @param idleSeconds longest silence between two bytes, in real life; 0 for no limit
 * @param totalSeconds longest response whatever flows, in real life; 0 for no limit
 * @param scale what real seconds are divided by
 */
record ImitatedTier(String title, int idleSeconds, int totalSeconds, int scale) implements Proxy {

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
                socket_address: {address: 127.0.0.1, port_value: 80}
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
                                - match: {prefix: /}
                                  route: {cluster: service, timeout: TOTAL, idle_timeout: IDLE}
                        http_filters:
                          - name: envoy.filters.http.router
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
          clusters:
            - name: service
              load_assignment:
                cluster_name: service
                endpoints:
                  - lb_endpoints:
                      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 8081}}}
        """
            .replace("TOTAL", scaled(totalSeconds))
            .replace("IDLE", scaled(idleSeconds)));
  }

  /** Envoy's own word for no limit is 0. */
  private String scaled(int seconds) {
    return String.format(Locale.ROOT, "%.3fs", (double) seconds / scale);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    rule.replace("port_value: 80}", "port_value: %d}".formatted(wiring.port()))
        .replace("port_value: 8081", "port_value: " + wiring.notifications())
        .writeTo(wiring.folder());
    String program = Requires.program(program()).toString();
    return new Launch(
        List.of(program, "--mode", "validate", "-c", FILE, "-l", "warning"),
        List.of(
            program, "-c", FILE, "-l", "warning", "--disable-hot-restart", "--concurrency", "1"));
  }

  @Override
  public String toString() {
    return title;
  }
}
