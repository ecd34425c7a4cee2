package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged replicas of one service on one real broker, as a cluster has them. */
class ReplicasIT {

  private static final String TOPIC = "notifications";
  private static final String PATH = "/api/notifications";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TopicWriter topics;
  private static TestIssuer issuer;
  private static List<ServiceProcess> replicas;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic(TOPIC, 12, Map.of());
    topics = new TopicWriter(kafka.bootstrapServers());
    issuer = new TestIssuer(folder);
    replicas = List.of(replica(), replica());
  }

  private static ServiceProcess replica() throws IOException {
    return replica(Map.of());
  }

  private static ServiceProcess replica(Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.putAll(settings);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    return ServiceProcess.start("notifications-service", folder, environment);
  }

  @AfterAll
  static void stop() {
    replicas.forEach(ServiceProcess::close);
    topics.close();
    kafka.close();
  }

  @Test
  void aBareLineFromKcatReachesASubscriberOfEveryReplica() throws Exception {
    // Given
    Path kcat = Requires.program("kcat", "kafkacat");
    try (SseReader first = open(0, "kay", "");
        SseReader second = open(1, "kay", "")) {
      first.awaitLine(": ready");
      second.awaitLine(": ready");

      // When
      List<String> command =
          List.of(kcat.toString(), "-P", "-b", kafka.bootstrapServers(), "-t", TOPIC, "-K", "|");
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().write("user:kay|{\"n\":1}\n".getBytes());
      process.getOutputStream().close();

      // Then
      assertThat(process.waitFor()).isZero();
      first.awaitEvents(1);
      second.awaitEvents(1);
      assertThat(first.events().get(0).data()).isEqualTo("{\"n\":1}");
    }
  }

  @Test
  void aClientThatHopsBetweenReplicasWhileEventsComeSeesEachOnce() throws Exception {
    // Given: three keys, so three partitions that replicas interleave as they like
    List<String> keys = List.of("user:hopper", "tenant:acme", "all");
    int events = 400;
    List<String> seen = new ArrayList<>();
    String last;
    try (SseReader first = open(0, "hopper", "")) {
      first.awaitLine(": ready");
      topics.publish(TOPIC, "user:hopper", "\"start\"");
      first.awaitEvents(1);
      last = first.eventIds().get(0);
    }

    // When
    CompletableFuture<Void> published =
        CompletableFuture.runAsync(
            () -> IntStream.range(0, events).forEach(n -> publish(keys.get(n % 3), n)));
    for (int hop = 0; seen.size() < events; hop++) {
      try (SseReader reader = open(hop % 2, "hopper", last)) {
        reader.awaitLine(": ready");
        int wanted = Math.min(1 + hop % 7, events - seen.size());
        reader.awaitEvents(wanted);
        List<SseReader.Event> got = List.copyOf(reader.events());
        got.forEach(event -> seen.add(event.data()));
        last = got.isEmpty() ? last : got.get(got.size() - 1).id();
      }
    }

    // Then
    published.join();
    assertThat(seen).doesNotHaveDuplicates().hasSize(events);
    for (int key = 0; key < 3; key++) {
      int remainder = key;
      assertThat(seen.stream().map(Integer::valueOf).filter(n -> n % 3 == remainder)).isSorted();
    }
  }

  @Test
  void aColdReplicaResumesTheCursorOfAnother() throws Exception {
    // Given: a client that left after the first of 21 events, and a replica that never saw them
    String last;
    try (SseReader first = open(0, "traveller", "")) {
      first.awaitLine(": ready");
      publish("user:traveller", 0);
      first.awaitEvents(1);
      last = first.eventIds().get(0);
    }
    IntStream.rangeClosed(1, 20).forEach(n -> publish("user:traveller", n));
    try (ServiceProcess cold = replica(Map.of("MILLRACE_TAIL_WARM_START", "0s"));
        // When
        SseReader resumed =
            SseReader.open(
                cold.uri(PATH),
                "Authorization",
                issuer.bearer("traveller"),
                "Last-Event-ID",
                last)) {

      // Then
      resumed.awaitEvents(20);
      assertThat(resumed.events().stream().map(SseReader.Event::data))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toList());
    }
  }

  private static void publish(String key, int n) {
    try {
      topics.publish(TOPIC, key, String.valueOf(n));
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static SseReader open(int replica, String subject, String lastEventId) {
    String[] token = {"Authorization", issuer.bearer(subject)};
    String[] resume = {"Authorization", token[1], "Last-Event-ID", lastEventId};
    return SseReader.open(replicas.get(replica).uri(PATH), lastEventId.isEmpty() ? token : resume);
  }
}
