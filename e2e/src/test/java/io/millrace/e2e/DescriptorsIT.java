package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica whose process may open few files, or none any more. */
class DescriptorsIT {

  private static final String TOPIC = "notifications";
  private static final String PATH = "/api/notifications";
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Half of these are for connections, and one connection in twenty for refusals. */
  private static final int FILES = 700;

  private static final int CONNECTIONS = 350;
  private static final int STREAMS = 333;

  /** A new descriptor must have a number below it, and all of those are taken. */
  private static final String NONE_FREE = "3";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TopicWriter topics;
  private static TestIssuer issuer;
  private static String prlimit;

  @BeforeAll
  static void start() throws Exception {
    prlimit = Requires.program("prlimit").toString();
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

  private static ServiceProcess service(List<String> launcher) throws IOException {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    return ServiceProcess.start("notifications-service", folder, environment, launcher);
  }

  private static SseReader open(ServiceProcess service, String subject) {
    return SseReader.open(service.uri(PATH), "Authorization", issuer.bearer(subject));
  }

  private static List<SseReader> openAll(ServiceProcess service, int streams) {
    List<SseReader> readers = new ArrayList<>();
    IntStream.range(0, streams).forEach(n -> readers.add(open(service, "listener-" + n)));
    readers.forEach(reader -> reader.awaitLine(": ready"));
    return readers;
  }

  private static long linesWith(String said, String part) {
    return said.lines().filter(line -> line.contains(part)).count();
  }

  @Test
  void withFewFilesItRefusesInTimeAndItsStreamsLive() throws Exception {
    try (ServiceProcess service = service(List.of(prlimit, "--nofile=" + FILES))) {
      // Given
      List<SseReader> readers = openAll(service, STREAMS);

      // When: first those that can be answered, then more than can be taken
      SseReader beyond = open(service, "beyond");
      beyond.awaitLine(": busy");
      List<Socket> silent = new ArrayList<>();
      for (int n = 0; n < 2 * CONNECTIONS; n++) {
        silent.add(Loopback.connect(service.port()));
      }

      // Then
      topics.publish(TOPIC, "all", "\"still there\"");
      readers.forEach(reader -> reader.awaitEvents(1));
      assertThat(service.readiness()).isEqualTo(200);
      assertThat(linesWith(service.said(), "MILL0023")).isEqualTo(1);
      // More may arrive at once than are closed meanwhile.
      assertThat(linesWith(service.said(), "Too many open files")).isLessThanOrEqualTo(1);
      for (Socket socket : silent) {
        socket.close();
      }
      readers.get(0).leave();
      await("a place").atMost(LONG).until(() -> opens(service));
    }
  }

  private static boolean opens(ServiceProcess service) {
    try (SseReader next = open(service, "next")) {
      await().atMost(LONG).until(() -> next.lines().size() > 1 || !next.isOpen());
      return next.lines().stream().anyMatch(line -> line.text().equals(": ready"));
    }
  }

  @Test
  void withoutAFileLeftItsStreamsLiveItSaysSoOnceAndRecovers() throws Exception {
    try (ServiceProcess service = service(List.of())) {
      // Given: it served before, since a class that is first loaded needs a descriptor itself
      List<SseReader> readers = openAll(service, 20);
      topics.publish(TOPIC, "all", "0");
      readers.forEach(reader -> reader.awaitEvents(1));
      service.metrics();
      String before = limit(service, "");
      limit(service, NONE_FREE);

      // When
      SseReader waiting = open(service, "waiting");

      // Then: for as long as Netty tries again each second
      await("said").atMost(LONG).until(() -> service.said().contains("MILL0024"));
      for (int n = 1; n <= 50; n++) {
        topics.publish(TOPIC, "all", String.valueOf(n));
        int published = n + 1;
        await()
            .pollDelay(Duration.ofMillis(100))
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(readers.get(19).events()).as(service.said()).hasSize(published));
      }
      readers.forEach(reader -> reader.awaitEvents(51));
      limit(service, before);
      waiting.awaitLine(": ready");
      assertThat(linesWith(service.said(), "MILL0024")).isEqualTo(1);
      assertThat(linesWith(service.said(), "Too many open files")).isEqualTo(1);
      assertThat(service.metrics()).doesNotContain("millrace_accepts_failed_total 0.0");
    }
  }

  /** Sets the soft limit, unless empty; returns what it was. */
  private static String limit(ServiceProcess service, String soft) throws Exception {
    String option = soft.isEmpty() ? "--nofile" : "--nofile=" + soft + ":";
    Process process =
        new ProcessBuilder(
                prlimit, "--pid=" + service.pid(), option, "--noheadings", "--raw", "--output=SOFT")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
