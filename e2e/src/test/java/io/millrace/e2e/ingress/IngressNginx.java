package io.millrace.e2e.ingress;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The ingress-nginx controller, with a site that waits three seconds for a replica: what its
 * annotations don't say shows at once.
 */
final class IngressNginx implements Controller {

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
        name: millrace-e2e-ingress-nginx
        namespace: default
      data:
        proxy-read-timeout: "3"
        # Else a stream ends four minutes after a reload, and every test's route is one.
        worker-shutdown-timeout: "3600s"
      ---
      # The controller wants a Pod for itself; nothing runs in this one.
      apiVersion: v1
      kind: Pod
      metadata:
        name: millrace-e2e-ingress-nginx
        namespace: default
        labels:
          app: millrace-e2e-ingress-nginx
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
    kubectl.apply(SITE);
    int port = Loopback.freePort();
    Program program =
        Program.start(
            folder,
            Map.of(
                "INGRESS_NGINX_WORK", folder.resolve("work").toString(),
                "POD_NAMESPACE", "default",
                "POD_NAME", "millrace-e2e-ingress-nginx"),
            "ingress-nginx-run",
            List.of(
                "--http-port=" + port,
                "--https-port=" + Loopback.freePort(),
                "--healthz-port=" + Loopback.freePort(),
                "--status-port=" + Loopback.freePort(),
                "--stream-port=" + Loopback.freePort(),
                "--profiler-port=" + Loopback.freePort(),
                "--default-server-port=" + Loopback.freePort(),
                "--configmap=default/millrace-e2e-ingress-nginx"));
    return new Running(port, List.of(program));
  }
}
