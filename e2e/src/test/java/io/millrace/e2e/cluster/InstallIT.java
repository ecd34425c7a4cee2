package io.millrace.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.SseReader;
import io.millrace.e2e.ingress.Controller;
import io.millrace.e2e.ingress.IngressNginx;
import io.millrace.e2e.ingress.Kubectl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One {@code helm install} on a real cluster, behind a real ingress controller, and the tour that
 * its notes print. What breaks the ingress comes last.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallIT {

  private static final String HOST = "millrace.example";
  private static final int LAST = Integer.MAX_VALUE;

  @TempDir static Path folder;
  private static Cluster cluster;
  private static TestNamespace namespace;
  private static Release release;
  private static Controller.Running controller;

  @BeforeAll
  static void install() throws IOException {
    cluster = Cluster.connect();
    namespace = cluster.namespace("install");
    controller = IngressNginx.of(namespace.name(), 240).start(new Kubectl(folder), folder);
    Map<String, Object> values = new HashMap<>();
    values.put("kafka.trial.enabled", true);
    values.put("auth.trial.enabled", true);
    values.put("notifications.replicas", 1);
    values.put("aiEvents.replicas", 1);
    values.put("ingress.enabled", true);
    values.put("ingress.host", HOST);
    // Pods reach the controller at the node, where the test runs it.
    values.put("tests.ingressUrl", "http://" + HOST + ":" + controller.port());
    values.put(
        "tests.hostAliases",
        List.of(Map.of("ip", cluster.nodeAddress(), "hostnames", List.of(HOST))));
    release = Release.install(namespace, values);
  }

  @AfterAll
  static void uninstall() {
    if (controller != null) {
      controller.close();
    }
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
  void aPublishedNotificationArrivesThroughTheIngress() {
    // Given
    String token = lastLine(millrace("token", "--sub", "bob"));
    URI uri = URI.create("http://127.0.0.1:" + controller.port() + "/api/notifications");
    try (SseReader bob = SseReader.open(uri, "Host", HOST, "Authorization", "Bearer " + token)) {
      bob.awaitLine(": ready");

      // When
      millrace("publish", "notifications", "user:bob", "{\"title\":\"hello\"}");

      // Then
      bob.awaitEvents(1);
      assertThat(bob.events().get(0).data()).isEqualTo("{\"title\":\"hello\"}");
    }
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

  @Test
  @Order(LAST)
  void helmTestNamesWhatBreaksWithoutTheAnnotationsAndWhere() {
    // Given
    release.upgrade(Map.of("ingress.controller", "none", "ingress.className", "nginx"));

    // When
    Terminal.Output test = release.test();

    // Then
    assertThat(test.exit()).as(test.text()).isNotZero();
    assertThat(test.text()).contains("idle-cut", "not at the origin: it is between here and there");
  }
}
