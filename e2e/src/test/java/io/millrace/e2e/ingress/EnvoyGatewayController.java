package io.millrace.e2e.ingress;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Envoy Gateway, and the Envoy it starts beside itself. It looks for its certificates in {@code
 * /certs}, so it is given a file system of its own; that takes root. Its other ports are fixed.
 */
final class EnvoyGatewayController implements Controller {

  /** Of the Envoy that is installed; only the name of a folder. */
  private static final String ENVOY_VERSION = "1.39.1";

  private static final String CONFIGURATION =
      """
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: EnvoyGateway
      gateway:
        controllerName: gateway.envoyproxy.io/gatewayclass-controller
      provider:
        type: Custom
        custom:
          resource:
            type: Kubernetes
            kubernetes:
              leaderElection:
                disable: true
          infrastructure:
            type: Host
            host:
              configHome: @FOLDER@/config
              dataHome: @FOLDER@/data
              stateHome: @FOLDER@/state
              runtimeDir: @FOLDER@/run
      """;

  private static final String SITE =
      """
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: EnvoyProxy
      metadata:
        name: millrace-e2e-envoy-gateway
        namespace: default
      spec:
        provider:
          type: Host
          host:
            envoyVersion: @VERSION@
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: GatewayClass
      metadata:
        name: millrace-e2e-envoy-gateway
      spec:
        controllerName: gateway.envoyproxy.io/gatewayclass-controller
        parametersRef:
          group: gateway.envoyproxy.io
          kind: EnvoyProxy
          name: millrace-e2e-envoy-gateway
          namespace: default
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata:
        name: millrace-e2e-envoy-gateway
        namespace: default
      spec:
        gatewayClassName: millrace-e2e-envoy-gateway
        listeners:
          - name: web
            port: @PORT@
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: All
      """;

  @Override
  public String name() {
    return "Envoy Gateway";
  }

  @Override
  public List<String> programs() {
    return List.of("envoy-gateway", "envoy", "unshare");
  }

  @Override
  public Written preset() {
    return Written.as(values("envoy-gateway"));
  }

  /** A route without a timeout, as Traefik's is, has Envoy's own: 15 s in all. */
  @Override
  public List<Mistake> mistakes() {
    return List.of(
        new Mistake("a route without a timeout", Written.as(values("traefik")), "total-cap"));
  }

  private static Map<String, Object> values(String implementation) {
    return Map.of(
        "gateway.implementation", implementation,
        "gateway.parentRef.name", "millrace-e2e-envoy-gateway",
        "gateway.parentRef.namespace", "default");
  }

  @Override
  public Running start(Kubectl kubectl, Path folder) throws IOException {
    int port = Loopback.freePort();
    kubectl.apply(SITE.replace("@VERSION@", ENVOY_VERSION).replace("@PORT@", String.valueOf(port)));
    Path configuration =
        Files.writeString(
            folder.resolve("envoy-gateway.yaml"),
            CONFIGURATION.replace("@FOLDER@", folder.toString()));
    Path programs =
        Files.createDirectories(folder.resolve("data/envoy-versions/" + ENVOY_VERSION + "/bin"));
    Files.createSymbolicLink(programs.resolve("envoy"), Requires.program("envoy"));
    Program.run(
        folder,
        "envoy-gateway",
        List.of("certgen", "--local", "--config-home", folder.resolve("config").toString()));
    String start =
        "mkdir -p /certs && mount --bind %s /certs && exec %s server --config-path %s"
            .formatted(
                folder.resolve("config/certs/envoy-gateway"),
                Requires.program("envoy-gateway"),
                configuration);
    Program program =
        Program.start(
            folder,
            Map.of("ENVOY_GATEWAY_NAMESPACE", "default"),
            "unshare",
            List.of("--mount", "sh", "-c", start));
    return new Running(port, List.of(program));
  }
}
