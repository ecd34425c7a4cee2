package io.millrace.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.millrace.e2e.cluster.Release;
import io.millrace.e2e.cluster.TestNamespace;
import java.time.Duration;
import java.util.Comparator;
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

  /**
   * As {@code kubectl drain} does: all at once, each again and again until its budget allows it.
   */
  void evictEachPod() {
    for (String pod : names()) {
      await("eviction")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> namespace.pods().withName(pod).evict());
    }
    awaitRest();
  }

  void scaleToOneAndBack() {
    release.deployment(COMPONENT).scale(1);
    awaitRest();
    release.deployment(COMPONENT).scale(3);
    awaitRest();
  }

  /**
   * More memory than the container may have is taken beside the service, by many processes: the
   * kernel kills the largest, which is the service.
   */
  void killForMemory() {
    String victim = oldest();
    int before = container(victim).getRestartCount();
    String hog = "for one in 1 2 3 4 5 6 7 8; do head -c 80M /dev/zero | tail | wc -c & done; wait";
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

  /** Its container, which keeps its log: a new pod would need a volume, and not all can write. */
  void restartKafka() {
    String pod = Release.NAME + "-kafka-0";
    int before = container(pod).getRestartCount();
    namespace
        .cluster()
        .terminal()
        .kubectl("-n", namespace.name(), "exec", pod, "--", "sh", "-c", "kill 1");
    await("the broker again")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(container(pod).getRestartCount()).isGreaterThan(before);
              assertThat(container(pod).getReady()).isTrue();
            });
  }

  /** Another timeout makes it write its configuration again, and start new workers. */
  void reloadTheController() {
    release.upgrade(Map.of("ingress.timeoutSeconds", 3_500));
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

  /** The pod with the most streams: those of the pods that left came to those that were there. */
  private String oldest() {
    return release.pods(COMPONENT).stream()
        .map(Pod::getMetadata)
        .min(Comparator.comparing(ObjectMeta::getCreationTimestamp))
        .orElseThrow()
        .getName();
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
