package io.millrace.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.millrace.e2e.Requires;
import java.nio.file.Path;

/**
 * The cluster that {@code KUBECONFIG} names; {@code MILLRACE_IMAGE_TAG} and {@code
 * MILLRACE_IMAGE_REGISTRY} say which images are in it, when they are not those the chart names.
 * Tests keep apart by namespaces of their own.
 */
public final class Cluster implements AutoCloseable {

  private final Terminal terminal;
  private final KubernetesClient client;

  private Cluster(Path kubeconfig) {
    this.terminal = new Terminal(kubeconfig);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
  }

  /** Where there is none, the test is skipped, or fails. */
  public static Cluster connect() {
    return new Cluster(Requires.cluster());
  }

  public KubernetesClient client() {
    return client;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** A namespace nobody else has, which lets only pods in that are restricted. */
  public TestNamespace namespace(String purpose) {
    return TestNamespace.create(this, purpose);
  }

  @Override
  public void close() {
    client.close();
  }
}
