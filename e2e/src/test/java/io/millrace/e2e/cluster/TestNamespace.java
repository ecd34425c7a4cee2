package io.millrace.e2e.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The namespace of one test. With the restricted pod security standard enforced: the API server
 * refuses a pod of the chart that asks for more.
 */
public final class TestNamespace implements AutoCloseable {

  private final Cluster cluster;
  private final String name;

  private TestNamespace(Cluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  static TestNamespace create(Cluster cluster, String purpose) {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    Namespace namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName("millrace-" + purpose + "-" + suffix)
            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
            .endMetadata()
            .build();
    cluster.client().namespaces().resource(namespace).create();
    return new TestNamespace(cluster, namespace.getMetadata().getName());
  }

  public String name() {
    return name;
  }

  public Cluster cluster() {
    return cluster;
  }

  public NonNamespaceOperation<Pod, PodList, PodResource> pods() {
    return cluster.client().pods().inNamespace(name);
  }

  /** What pods and events say, for a report of a failure. */
  public String describe() {
    Terminal terminal = cluster.terminal();
    return terminal.kubectl("-n", name, "get", "pods", "-o", "wide").text()
        + "\n"
        + terminal.kubectl("-n", name, "get", "events", "--sort-by=.lastTimestamp").text();
  }

  /** Does not wait until everything is gone. */
  @Override
  public void close() {
    cluster.client().namespaces().withName(name).delete();
  }
}
