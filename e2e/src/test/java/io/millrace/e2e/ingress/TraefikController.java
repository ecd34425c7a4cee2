package io.millrace.e2e.ingress;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Traefik, by one of its three ways to read routes from Kubernetes. */
final class TraefikController implements Controller {

  private final String name;
  private final String manifests;
  private final Written preset;
  private final List<Mistake> mistakes;
  private final List<String> provider;

  private TraefikController(
      String name,
      String manifests,
      Written preset,
      List<Mistake> mistakes,
      List<String> provider) {
    this.name = name;
    this.manifests = manifests;
    this.preset = preset;
    this.mistakes = mistakes;
    this.provider = provider;
  }

  /** Reads an Ingress. Nothing in it can break a stream. */
  static TraefikController ingress() {
    return new TraefikController(
        "Traefik",
        """
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: traefik
        spec:
          controller: traefik.io/ingress-controller
        """,
        Written.as(Map.of("ingress.controller", "traefik")),
        List.of(),
        List.of("--providers.kubernetesingress=true"));
  }

  /** Reads the annotations of ingress-nginx; its site waits three seconds for a replica, too. */
  static TraefikController ingressNginx() {
    return new TraefikController(
        "Traefik, ingress-nginx annotations",
        """
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: nginx
        spec:
          controller: k8s.io/ingress-nginx
        """,
        Written.as(Map.of("ingress.controller", "ingress-nginx")),
        IngressNginx.MISTAKES,
        List.of(
            "--providers.kubernetesingressnginx=true",
            "--providers.kubernetesingressnginx.proxyreadtimeout=3",
            "--providers.kubernetesingressnginx.httpentrypoint=web"));
  }

  /** Reads an HTTPRoute. Nothing in it can break a stream: Traefik ignores its timeouts. */
  static TraefikController gateway() {
    return new TraefikController(
        "Traefik, Gateway API",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: millrace-e2e-traefik
        spec:
          controllerName: traefik.io/gateway-controller
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: millrace-e2e-traefik
          namespace: default
        spec:
          gatewayClassName: millrace-e2e-traefik
          listeners:
            - name: web
              port: @PORT@
              protocol: HTTP
              allowedRoutes:
                namespaces:
                  from: All
        """,
        Written.as(
            Map.of(
                "gateway.implementation", "traefik",
                "gateway.parentRef.name", "millrace-e2e-traefik",
                "gateway.parentRef.namespace", "default")),
        List.of(),
        List.of("--providers.kubernetesgateway=true"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> programs() {
    return List.of("traefik");
  }

  @Override
  public Written preset() {
    return preset;
  }

  @Override
  public List<Mistake> mistakes() {
    return mistakes;
  }

  @Override
  public Running start(Kubectl kubectl, Path folder) throws IOException {
    int port = Loopback.freePort();
    kubectl.apply(manifests.replace("@PORT@", String.valueOf(port)));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--entrypoints.web.address=" + Loopback.HOST + ":" + port,
                "--global.checknewversion=false"));
    arguments.addAll(provider);
    return new Running(port, List.of(Program.start(folder, Map.of(), "traefik", arguments)));
  }
}
