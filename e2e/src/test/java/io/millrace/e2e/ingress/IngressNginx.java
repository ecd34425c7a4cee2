package io.millrace.e2e.ingress;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ingress-nginx controller, with a site that waits three seconds for a replica: what the
 * annotations of a route don't say shows at once.
 */
public final class IngressNginx implements Controller {

  private static final String SITE =
      """
      apiVersion: networking.k8s.io/v1
      kind: IngressClass
      metadata:
        name: nginx
      spec:
        controller: k8s.io/ingress-nginx
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: @NAME@
        namespace: @NAMESPACE@
      data:
        proxy-read-timeout: "3"
        worker-shutdown-timeout: "@SHUTDOWN@s"
      ---
      # The controller wants a Pod for itself; nothing runs in this one.
      apiVersion: v1
      kind: Pod
      metadata:
        name: @NAME@
        namespace: default
        labels:
          app: @NAME@
      spec:
        schedulerName: none
        containers:
          - name: none
            image: none
      """;

  /** The mistakes of whoever writes the annotations by hand, the same for all who read them. */
  static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              "without annotations",
              Written.as(Map.of("ingress.controller", "none", "ingress.className", "nginx")),
              "idle-cut"),
          new Mistake(
              "\"1h\" instead of \"3600\"",
              new Written(
                  Map.of("ingress.controller", "ingress-nginx"),
                  manifests -> manifests.replace("\"3600\"", "\"1h\"")),
              "idle-cut"));

  private final String name;
  private final String namespace;
  private final int shutdownSeconds;
  private final List<String> arguments;

  private IngressNginx(String name, String namespace, int shutdownSeconds, List<String> arguments) {
    this.name = name;
    this.namespace = namespace;
    this.shutdownSeconds = shutdownSeconds;
    this.arguments = arguments;
  }

  /** Of the whole cluster. It outlives a reload with its streams, since every route is one. */
  static IngressNginx ofTheCluster() {
    return new IngressNginx("millrace-e2e-ingress-nginx", "default", 3_600, List.of());
  }

  /**
   * Of one namespace.
   *
   * @param shutdownSeconds how long streams go on after a reload; the controller's default is 240
   */
  public static IngressNginx of(String namespace, int shutdownSeconds) {
    return new IngressNginx(
        namespace, namespace, shutdownSeconds, List.of("--watch-namespace=" + namespace));
  }

  @Override
  public String name() {
    return "ingress-nginx";
  }

  @Override
  public List<String> programs() {
    return List.of("ingress-nginx-run");
  }

  @Override
  public Written preset() {
    return Written.as(Map.of("ingress.controller", "ingress-nginx"));
  }

  @Override
  public List<Mistake> mistakes() {
    return MISTAKES;
  }

  @Override
  public Running start(Kubectl kubectl, Path folder) throws IOException {
    kubectl.apply(
        SITE.replace("@NAME@", name)
            .replace("@NAMESPACE@", namespace)
            .replace("@SHUTDOWN@", String.valueOf(shutdownSeconds)));
    int port = Loopback.freePort();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--http-port=" + port,
                "--https-port=" + Loopback.freePort(),
                "--healthz-port=" + Loopback.freePort(),
                "--status-port=" + Loopback.freePort(),
                "--stream-port=" + Loopback.freePort(),
                "--profiler-port=" + Loopback.freePort(),
                "--default-server-port=" + Loopback.freePort(),
                "--configmap=" + namespace + "/" + name));
    all.addAll(arguments);
    Map<String, String> environment =
        Map.of(
            "INGRESS_NGINX_WORK",
            folder.resolve("work").toString(),
            "POD_NAMESPACE",
            "default",
            "POD_NAME",
            name);
    return new Running(port, List.of(Program.start(folder, environment, "ingress-nginx-run", all)));
  }
}
