package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was revoked is revoked at every replica, and at one that starts later. */
class RevocationIT {

  private static final String PATH = "/api/notifications";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private final EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
  private final TopicWriter topics = new TopicWriter(kafka.bootstrapServers());
  private final List<ServiceProcess> replicas = new ArrayList<>();
  private TestIssuer issuer;

  @BeforeEach
  void start() throws Exception {
    kafka.createTopic("notifications", 12, Map.of());
    kafka.createTopic("stream-control", 1, Map.of("cleanup.policy", "compact"));
    issuer = new TestIssuer(folder);
    startReplica();
    startReplica();
  }

  private ServiceProcess startReplica() throws IOException {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    ServiceProcess replica = ServiceProcess.start("notifications-service", folder, environment);
    replicas.add(replica);
    return replica;
  }

  @AfterEach
  void stop() {
    replicas.forEach(ServiceProcess::close);
    topics.close();
    kafka.close();
  }

  @Test
  void aRevokedCallerIsRefusedByEveryReplicaAndByOneThatStartsLater() throws Exception {
    // Given
    String token = issuer.bearer("mallory");
    try (SseReader first = open(0, token);
        SseReader second = open(1, token)) {
      first.awaitLine(": ready");
      second.awaitLine(": ready");

      // When
      topics.publish("stream-control", "user:mallory", "{\"action\":\"revoke\"}");

      // Then
      for (SseReader stream : List.of(first, second)) {
        stream.awaitEvents(1);
        assertThat(stream.events().get(0).data()).contains("revoked");
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(status(replicas.get(0), token)).isEqualTo(401);
              assertThat(status(replicas.get(1), token)).isEqualTo(401);
            });
    replicas.get(0).close();
    assertThat(status(startReplica(), token)).isEqualTo(401);
  }

  @Test
  void whatIsKnownStaysInForceWhileTheBrokerIsAway() throws Exception {
    // Given
    String token = issuer.bearer("mallory");
    topics.publish("stream-control", "user:mallory", "{\"action\":\"revoke\"}");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(status(replicas.get(0), token)).isEqualTo(401));

    // When
    kafka.stop();

    // Then
    assertThat(status(replicas.get(0), token)).isEqualTo(401);
    assertThat(replicas.get(0).readiness()).isEqualTo(200);
    kafka.start();
  }

  private SseReader open(int replica, String token) {
    return SseReader.open(replicas.get(replica).uri(PATH), "Authorization", token);
  }

  private static int status(ServiceProcess replica, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(replica.uri(PATH)).header("Authorization", token).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
