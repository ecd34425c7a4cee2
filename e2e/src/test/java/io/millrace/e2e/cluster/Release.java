package io.millrace.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.millrace.e2e.Repository;
import io.vertx.core.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chart, installed. Services are named by their component, such as {@code notifications}. */
public final class Release {

  public static final String NAME = "millrace";

  private static final Path CHART = Repository.path("helm/millrace");

  /** Images come from the node, a trial's Kafka and three JVMs start at once on two cores. */
  private static final String PATIENCE = "--timeout=5m";

  private final TestNamespace namespace;

  private Release(TestNamespace namespace) {
    this.namespace = namespace;
  }

  /** Returns when everything is ready. */
  public static Release install(TestNamespace namespace, Map<String, Object> values) {
    return install(namespace, CHART, values);
  }

  /** As above, of another version of the chart. */
  public static Release install(TestNamespace namespace, Path chart, Map<String, Object> values) {
    Release release = new Release(namespace);
    release.helm("install", chart, values);
    return release;
  }

  /** Sets these values besides those it has; returns when everything is ready. */
  public void upgrade(Map<String, Object> values) {
    helm("upgrade", CHART, values);
  }

  private void helm(String verb, Path chart, Map<String, Object> values) {
    List<String> command =
        new ArrayList<>(List.of(verb, NAME, chart.toString(), "-n", namespace.name()));
    command.addAll(List.of("--wait", PATIENCE));
    if (verb.equals("upgrade")) {
      command.add("--reset-then-reuse-values");
    }
    environment("MILLRACE_IMAGE_TAG").ifPresent(tag -> set(command, "image.tag", tag));
    environment("MILLRACE_IMAGE_REGISTRY").ifPresent(at -> set(command, "image.registry", at));
    values.forEach((key, value) -> set(command, key, value));
    Terminal.Output output = namespace.cluster().terminal().helm(command);
    if (output.exit() != 0) {
      throw new AssertionError(output.text() + "\n" + namespace.describe());
    }
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  /** As JSON, so that a number stays one. */
  private static void set(List<String> command, String key, Object value) {
    command.addAll(List.of("--set-json", key + "=" + Json.encode(value)));
  }

  /** {@code helm test}: what it found, with the logs of its pods. */
  public Terminal.Output test() {
    return namespace
        .cluster()
        .terminal()
        .helm(List.of("test", NAME, "-n", namespace.name(), "--logs", "--timeout=2m"));
  }

  public RollableScalableResource<Deployment> deployment(String component) {
    return namespace
        .cluster()
        .client()
        .apps()
        .deployments()
        .inNamespace(namespace.name())
        .withName(NAME + "-" + component);
  }

  /** Pods of a component, those that are leaving too. */
  public List<Pod> pods(String component) {
    return namespace
        .pods()
        .withLabels(
            Map.of("app.kubernetes.io/instance", NAME, "app.kubernetes.io/component", component))
        .list()
        .getItems();
  }

  /** The meters of a pod, as Prometheus reads them, through the API server. */
  public String metrics(String pod) {
    String path = "/api/v1/namespaces/%s/pods/%s:9000/proxy/q/metrics";
    return namespace
        .cluster()
        .terminal()
        .kubectl("get", "--raw", path.formatted(namespace.name(), pod))
        .succeeded();
  }
}
