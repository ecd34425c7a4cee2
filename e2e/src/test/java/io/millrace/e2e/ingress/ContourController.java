package io.millrace.e2e.ingress;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Contour, and the Envoy it configures. */
final class ContourController implements Controller {

  @Override
  public String name() {
    return "Contour";
  }

  @Override
  public List<String> programs() {
    return List.of("contour", "envoy");
  }

  @Override
  public Written preset() {
    return Written.as(Map.of("ingress.controller", "contour"));
  }

  /** An Ingress without a word to Contour, which then gives every response 15 s in all. */
  @Override
  public List<Mistake> mistakes() {
    return List.of(
        new Mistake(
            "an Ingress without a timeout",
            Written.as(Map.of("ingress.controller", "none", "ingress.className", "contour")),
            "total-cap"));
  }

  @Override
  public Running start(Kubectl kubectl, Path folder) throws IOException {
    int port = Loopback.freePort();
    int xds = Loopback.freePort();
    Program contour = Program.start(folder, Map.of(), "contour", serve(port, xds));
    String bootstrap = folder.resolve("bootstrap.json").toString();
    Program.run(
        folder,
        "contour",
        List.of(
            "bootstrap",
            bootstrap,
            "--xds-address=" + Loopback.HOST,
            "--xds-port=" + xds,
            "--admin-address=" + folder.resolve("admin.sock")));
    Program envoy =
        Program.start(
            folder,
            Map.of(),
            "envoy",
            List.of(
                "--config-path",
                bootstrap,
                "--service-cluster",
                "contour",
                "--service-node",
                "millrace-e2e",
                "--use-dynamic-base-id",
                "--concurrency",
                "1"));
    return new Running(port, List.of(contour, envoy));
  }

  private static List<String> serve(int port, int xds) {
    return List.of(
        "serve",
        "--kubeconfig=" + Requires.cluster(),
        "--insecure",
        "--disable-leader-election",
        // Newer versions of these than Contour knows may be installed.
        "--disable-feature=backendtlspolicies",
        "--disable-feature=tlsroutes",
        "--disable-feature=tcproutes",
        "--xds-address=" + Loopback.HOST,
        "--xds-port=" + xds,
        "--http-address=" + Loopback.HOST,
        "--http-port=" + Loopback.freePort(),
        "--health-address=" + Loopback.HOST,
        "--health-port=" + Loopback.freePort(),
        "--debug-http-port=" + Loopback.freePort(),
        "--stats-address=" + Loopback.HOST,
        "--stats-port=" + Loopback.freePort(),
        "--envoy-service-http-address=" + Loopback.HOST,
        "--envoy-service-http-port=" + port,
        "--envoy-service-https-address=" + Loopback.HOST,
        "--envoy-service-https-port=" + Loopback.freePort());
  }
}
