package io.millrace.e2e.ingress;

import io.millrace.e2e.Chart;
import io.millrace.e2e.Repository;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The chart's Services and routes as Helm renders them, in a namespace and with a host of their
 * own. Behind the Services are ports of this machine instead of pods.
 */
final class Routes {

  /** What a controller reads; the rest of the chart is not needed here. */
  private static final List<String> TEMPLATES =
      List.of("service", "ingress", "httpproxy", "httproute");

  private static final String ENDPOINTS =
      """
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: @SERVICE@-of-the-test
        namespace: @NAMESPACE@
        labels:
          kubernetes.io/service-name: @SERVICE@
          endpointslice.kubernetes.io/managed-by: millrace-e2e
      addressType: IPv4
      ports:
        - name: http
          port: @PORT@
      endpoints:
        - addresses: ["@ADDRESS@"]
          conditions:
            ready: true
            serving: true
      """;

  private static final Path LEAST = Repository.path("helm/millrace/ci/default-values.yaml");

  private final String host;
  private final int port;

  private Routes(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** Where what answers behind a Service must listen: a cluster refuses endpoints on loopback. */
  static InetAddress address() throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(each -> !each.getName().equals("lo"))
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .min(Comparator.comparing(InetAddress::getHostAddress))
        .orElseThrow(() -> new IOException("no address of this machine but loopback"));
  }

  /**
   * @param namespace of its own
   * @param written how the routes are written
   * @param port where the controller serves HTTP
   */
  static Routes apply(
      Kubectl kubectl, String namespace, Controller.Written written, Backends backends, int port)
      throws IOException {
    String host = namespace + ".example";
    String kind = written.values().containsKey("gateway.implementation") ? "gateway" : "ingress";
    Map<String, Object> values = new HashMap<>(written.values());
    values.put(kind + ".enabled", true);
    values.put(kind + ".host", host);
    String manifests =
        Arrays.stream(Chart.renderText("millrace", namespace, LEAST, values).split("(?m)^---\n"))
            .filter(document -> TEMPLATES.stream().anyMatch(name -> isOf(name, document)))
            .collect(Collectors.joining("---\n"));
    String endpoints =
        endpoints(namespace, "millrace-notifications", backends.notifications())
            + endpoints(namespace, "millrace-ai-events", backends.aiEvents());
    kubectl.apply(written.change().apply(manifests) + endpoints);
    return new Routes(host, port);
  }

  /** Ports of this machine. */
  record Backends(int notifications, int aiEvents) {}

  private static boolean isOf(String template, String document) {
    return document.startsWith("# Source: millrace/templates/" + template + ".yaml");
  }

  private static String endpoints(String namespace, String service, int port) throws IOException {
    return ENDPOINTS
        .replace("@NAMESPACE@", namespace)
        .replace("@SERVICE@", service)
        .replace("@PORT@", String.valueOf(port))
        .replace("@ADDRESS@", address().getHostAddress());
  }

  String host() {
    return host;
  }

  /** By the name the controller knows; {@link #host} is this machine only for who is told so. */
  URI named(String path) {
    return URI.create("http://" + host + ":" + port + path);
  }

  /** For whoever sends {@link #host} as a header. */
  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
