package io.millrace.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.millrace.e2e.cluster.Release;
import io.millrace.e2e.cluster.TestNamespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is done to a release. Each returns when the cluster has come to rest. */
final class Operations {

  static final String COMPONENT = "notifications";

  /** Not a budget: three JVMs that start one after the other on a machine that is busy. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final TestNamespace namespace;
  private final Release release;

  Operations(TestNamespace namespace, Release release) {
    this.namespace = namespace;
    this.release = release;
  }

  void rollingUpdate() {
    release.deployment(COMPONENT).rolling().restart();
    awaitRest();
  }

  void deleteEachPod() {
    for (Pod pod : release.pods(COMPONENT)) {
      namespace.pods().resource(pod).delete();
      awaitRest();
    }
  }

  /** As {@code kubectl drain} does: all at once, each again and again until it is allowed. */
  void evictEachPod() {
    List<String> pods = names();
    boolean refused = false;
    for (String pod : pods) {
      boolean first = namespace.pods().withName(pod).evict();
      refused |= !first;
      if (!first) {
        await("eviction")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> namespace.pods().withName(pod).evict());
      }
    }
    assertThat(refused).as("the disruption budget refuses a second eviction").isTrue();
    awaitRest();
  }

  void scaleToOneAndBack() {
    release.deployment(COMPONENT).scale(1);
    awaitRest();
    release.deployment(COMPONENT).scale(3);
    awaitRest();
  }

  /** More memory than the container may have is taken beside the service; the kernel kills it. */
  void killForMemory() {
    String victim = names().get(0);
    int before = container(victim).getRestartCount();
    String hog = "head -c 700M /dev/zero | tail | wc -c";
    namespace
        .cluster()
        .terminal()
        .kubectl("-n", namespace.name(), "exec", victim, "--", "sh", "-c", hog);
    await("killed, and ready again")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              ContainerStatus now = container(victim);
              assertThat(now.getRestartCount()).isGreaterThan(before);
              assertThat(now.getLastState().getTerminated().getExitCode()).isEqualTo(137);
              assertThat(now.getReady()).isTrue();
            });
  }

  void restartKafka() {
    String pod = Release.NAME + "-kafka-0";
    String before = namespace.pods().withName(pod).require().getMetadata().getUid();
    namespace.pods().withName(pod).delete();
    await("another broker")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Pod now = namespace.pods().withName(pod).require();
              assertThat(now.getMetadata().getUid()).isNotEqualTo(before);
              assertThat(now.getStatus().getContainerStatuses())
                  .isNotEmpty()
                  .allSatisfy(container -> assertThat(container.getReady()).isTrue());
            });
  }

  void changeASetting() {
    List<String> before = names();
    release.upgrade(Map.of("limits.maxStreams", 15_000));
    awaitRest();
    assertThat(names()).doesNotContainAnyElementsOf(before);
  }

  private ContainerStatus container(String pod) {
    return namespace.pods().withName(pod).require().getStatus().getContainerStatuses().get(0);
  }

  private List<String> names() {
    return release.pods(COMPONENT).stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  /** All pods are of the newest version and available, and none is leaving. */
  private void awaitRest() {
    await("rest")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              var deployment = release.deployment(COMPONENT).require();
              DeploymentStatus status = deployment.getStatus();
              int wanted = deployment.getSpec().getReplicas();
              assertThat(status.getObservedGeneration())
                  .isGreaterThanOrEqualTo(deployment.getMetadata().getGeneration());
              assertThat(Objects.requireNonNullElse(status.getUpdatedReplicas(), 0))
                  .isEqualTo(wanted);
              assertThat(Objects.requireNonNullElse(status.getAvailableReplicas(), 0))
                  .isEqualTo(wanted);
              assertThat(release.pods(COMPONENT)).hasSize(wanted);
            });
  }
}
