package io.millrace.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One {@code helm install} on a real cluster, and the tour that its notes print. */
@Tag("cluster")
class InstallIT {

  private static Cluster cluster;
  private static TestNamespace namespace;
  private static Release release;

  @BeforeAll
  static void install() {
    cluster = Cluster.connect();
    namespace = cluster.namespace("install");
    release =
        Release.install(
            namespace,
            Map.of(
                "kafka.trial.enabled",
                true,
                "auth.trial.enabled",
                true,
                "notifications.replicas",
                1,
                "aiEvents.replicas",
                1));
  }

  @AfterAll
  static void uninstall() {
    if (namespace != null) {
      namespace.close();
      cluster.close();
    }
  }

  /** The millrace command in the pod of the trial's Kafka, which holds the key. */
  private static String millrace(String... args) {
    String[] exec = {"-n", namespace.name(), "exec", Release.NAME + "-kafka-0", "--", "millrace"};
    String[] all = new String[exec.length + args.length];
    System.arraycopy(exec, 0, all, 0, exec.length);
    System.arraycopy(args, 0, all, exec.length, args.length);
    return cluster.terminal().kubectl(all).succeeded();
  }

  private static SseReader open(PortForward forward, String path, String token) {
    URI uri = URI.create("http://127.0.0.1:" + forward.port() + path);
    return SseReader.open(uri, "Authorization", "Bearer " + token);
  }

  @Test
  void aPublishedNotificationArrivesThroughAPortForward() throws IOException {
    // Given
    String token = lastLine(millrace("token", "--sub", "alice"));
    try (PortForward forward = PortForward.to(namespace, Release.NAME + "-notifications", 8080);
        SseReader alice = open(forward, "/api/notifications", token)) {
      alice.awaitLine(": ready");

      // When
      millrace("publish", "notifications", "user:alice", "{\"title\":\"hello\"}");

      // Then
      alice.awaitEvents(1);
      assertThat(alice.events().get(0).data()).isEqualTo("{\"title\":\"hello\"}");
    }
  }

  /** The JVM may speak of the options it picked up first. */
  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  @Test
  void helmTestFindsNothing() {
    // When
    Terminal.Output test = release.test();

    // Then
    assertThat(test.succeeded()).contains("Succeeded");
  }

  @Test
  void noContainerHadToStartTwice() {
    // When
    var pods = namespace.pods().list().getItems();

    // Then
    assertThat(pods)
        .isNotEmpty()
        .flatExtracting(pod -> pod.getStatus().getContainerStatuses())
        .allSatisfy(container -> assertThat(container.getRestartCount()).isZero());
  }
}
