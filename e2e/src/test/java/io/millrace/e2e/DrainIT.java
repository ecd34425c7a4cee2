package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica is told to go while clients listen to it, and another one stays. */
class DrainIT {

  private static final String TOPIC = "notifications";
  private static final String PATH = "/api/notifications";
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TopicWriter topics;
  private static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic(TOPIC, 6, Map.of());
    topics = new TopicWriter(kafka.bootstrapServers());
    issuer = new TestIssuer(folder);
  }

  @AfterAll
  static void stop() {
    topics.close();
    kafka.close();
  }

  private static ServiceProcess replica(Duration window) throws IOException {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("QUARKUS_SHUTDOWN_DELAY", window.toSeconds() + "S");
    return ServiceProcess.start("notifications-service", folder, environment);
  }

  private static SseReader open(ServiceProcess replica, String subject) {
    return SseReader.open(replica.uri(PATH), "Authorization", issuer.bearer(subject));
  }

  private static List<SseReader> openAll(ServiceProcess replica, int streams) {
    List<SseReader> readers = new ArrayList<>();
    IntStream.range(0, streams).forEach(n -> readers.add(open(replica, "drained-" + n)));
    readers.forEach(reader -> reader.awaitLine(": ready"));
    return readers;
  }

  private static SseReader.Event goodbye(SseReader reader) {
    return reader.events().get(reader.events().size() - 1);
  }

  @Test
  void everyStreamIsSentAwayInItsTurnAndMissesNothing() throws Exception {
    int streams = 200;
    try (ServiceProcess leaving = replica(WINDOW);
        ServiceProcess staying = replica(Duration.ZERO)) {
      // Given
      List<SseReader> readers = openAll(leaving, streams);

      // When
      leaving.terminate();
      int published = publishUntilGone(leaving);

      // Then: in every second some went, none was cut off, and each can go on where it stopped
      readers.forEach(
          reader -> assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.COMPLETE));
      assertThat(readers)
          .allSatisfy(r -> assertThat(goodbye(r).data()).startsWith("{\"reason\":\"drain\""));
      assertThat(leaving.said()).doesNotContain("Timed out", "cut off").contains("MILL0020");
      assertSpread(readers);
      for (SseReader reader : List.of(readers.get(0), readers.get(streams - 1))) {
        assertGoesOn(staying, reader, published);
      }
    }
  }

  private static int publishUntilGone(ServiceProcess leaving) {
    AtomicInteger published = new AtomicInteger();
    await("gone")
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              topics.publish(TOPIC, "all", String.valueOf(published.getAndIncrement()));
              return !leaving.isAlive();
            });
    return published.get();
  }

  /** They did not go in one burst: between them others still heard what was published. */
  private static void assertSpread(List<SseReader> readers) {
    assertThat(readers.stream().map(reader -> reader.events().size()).distinct().count())
        .isGreaterThan(readers.size() / 10);
  }

  private static void assertGoesOn(ServiceProcess staying, SseReader ended, int published) {
    List<String> heard =
        new ArrayList<>(ended.events().stream().map(SseReader.Event::data).toList());
    heard.remove(heard.size() - 1);
    // A checkpoint, where nothing was said for as long as a heartbeat.
    heard.remove("{}");
    String[] headers = {
      "Authorization", issuer.bearer("drained"), "Last-Event-ID", goodbye(ended).id()
    };
    try (SseReader next = SseReader.open(staying.uri(PATH), headers)) {
      next.awaitEvents(published - heard.size());
      next.events().forEach(event -> heard.add(event.data()));
    }
    assertThat(heard).isEqualTo(IntStream.range(0, published).mapToObj(String::valueOf).toList());
  }

  @Test
  void newcomersAreToldToComeBackWhileItDrains() throws Exception {
    try (ServiceProcess leaving = replica(LONG)) {
      // Given
      leaving.terminate();
      await("not ready").atMost(SseReader.PATIENCE).until(() -> leaving.readiness() == 503);

      // When
      SseReader late = open(leaving, "late");

      // Then
      HttpResponse<?> response = late.response();
      assertThat(response.statusCode()).isEqualTo(200);
      late.awaitLine(": busy");
      assertThat(late.lines().get(0).text()).matches("retry: \\d{4,5}");
      assertThat(late.awaitEnding()).isEqualTo(SseReader.Ending.COMPLETE);
      assertThat(leaving.metrics()).contains("millrace_rejections_total{reason=\"draining\"} 1");
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (ServiceProcess leaving = replica(LONG.multipliedBy(10))) {
      // Given
      leaving.terminate();
      await("not ready").atMost(SseReader.PATIENCE).until(() -> leaving.readiness() == 503);

      // When
      leaving.terminate();

      // Then: long before its window ends
      await("gone").atMost(LONG).until(() -> !leaving.isAlive());
      assertThat(leaving.said()).contains("MILL0022");
    }
  }

  @Test
  void withoutAWindowStreamsAreStillToldBeforeTheProcessIsGone() throws Exception {
    try (ServiceProcess leaving = replica(Duration.ZERO)) {
      // Given
      List<SseReader> readers = openAll(leaving, 20);
      Instant before = Instant.now();

      // When
      leaving.terminate();

      // Then
      await("gone").atMost(LONG).until(() -> !leaving.isAlive());
      assertThat(readers)
          .allSatisfy(
              reader -> {
                assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.COMPLETE);
                assertThat(goodbye(reader).data()).startsWith("{\"reason\":\"drain\"");
                assertThat(goodbye(reader).arrival()).isAfter(before);
              });
    }
  }
}
