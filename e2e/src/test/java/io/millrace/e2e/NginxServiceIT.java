package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kafka, a packaged service, the real nginx with the shipped files: the whole way of an event. The
 * notifications service beats every second, the AI events service as by default, every 25.
 */
class NginxServiceIT {

  private static final String NOTIFICATIONS = "/api/notifications";
  private static final String AI_EVENTS = "/api/ai/events?conversationId=c1";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TopicWriter topics;
  private static TestIssuer issuer;
  private static ServiceProcess notifications;
  private static ServiceProcess aiEvents;

  @BeforeAll
  static void start() throws Exception {
    Requires.program("nginx");
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 2, Map.of());
    kafka.createTopic("ai-events", 2, Map.of());
    topics = new TopicWriter(kafka.bootstrapServers());
    issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    aiEvents = ServiceProcess.start("ai-events-service", folder, environment);
    environment.put("MILLRACE_HEARTBEAT", "1s");
    notifications = ServiceProcess.start("notifications-service", folder, environment);
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable part : new AutoCloseable[] {notifications, aiEvents, topics, kafka}) {
      close(part);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 3 << 10, 6 << 10, 64 << 10})
  void notificationsArriveBeforeTheNextIsSent(int size) throws Exception {
    // Given
    try (Nginx nginx = hostile(NginxRule.shipped());
        SseReader reader = open(nginx, NOTIFICATIONS, "notified-" + size)) {
      reader.awaitLine(": ready");

      // When
      for (int count = 1; count <= 5; count++) {
        topics.publish("notifications", "user:notified-" + size, size);
        // Then
        reader.awaitEvents(count);
      }
      assertThat(reader.eventIds()).doesNotHaveDuplicates().hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 3 << 10, 6 << 10, 64 << 10})
  void aiEventsArriveBeforeTheNextIsSent(int size) throws Exception {
    // Given
    try (Nginx nginx = hostile(NginxRule.shipped());
        SseReader reader = open(nginx, AI_EVENTS, "alice")) {
      reader.awaitLine(": ready");
      int before = reader.events().size();

      // When
      for (int count = 1; count <= 5; count++) {
        topics.publish("ai-events", "c1", size);
        // Then
        reader.awaitEvents(before + count);
      }
    }
  }

  @Test
  void theServiceIsSpokenToInHttp11AndAnswersInChunks() throws Exception {
    // Given
    try (Tap tap = new Tap(notifications.port());
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().notifications(tap.port()));
        SseReader reader = open(nginx, NOTIFICATIONS, "alice")) {

      // When
      reader.awaitLine(": ready");

      // Then
      assertThat(tap.requests()).startsWith("GET /api/notifications HTTP/1.1\r\n");
      assertThat(tap.requests()).doesNotContainIgnoringCase("\r\nConnection:");
      assertThat(tap.responses()).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(tap.responses()).containsIgnoringCase("\r\nTransfer-Encoding: chunked\r\n");
      assertThat(reader.response().headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(reader.response().headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void aClientThatComesBackThroughTheProxyMissesNothing() throws Exception {
    try (Nginx nginx = hostile(NginxRule.shipped())) {
      // Given
      String last;
      try (SseReader reader = open(nginx, NOTIFICATIONS, "returning")) {
        reader.awaitLine(": ready");
        topics.publish("notifications", "user:returning", 50);
        reader.awaitEvents(1);
        last = reader.eventIds().get(0);
      }
      topics.publish("notifications", "user:returning", 50);

      // When
      try (SseReader again =
          SseReader.open(
              nginx.uri(NOTIFICATIONS),
              "Authorization",
              issuer.bearer("returning"),
              "Last-Event-ID",
              last)) {

        // Then
        again.awaitEvents(1);
        topics.publish("notifications", "user:returning", 50);
        again.awaitEvents(2);
        assertThat(again.eventIds()).hasSize(2).doesNotContain(last);
      }
    }
  }

  @Test
  void heartbeatsKeepAStreamOpenBeyondAnIdleCut() throws Exception {
    // Given: a cut after 3 s, a heartbeat every second
    NginxRule threeSeconds = NginxRule.shipped().with("proxy_read_timeout", "3s");
    try (Nginx nginx = hostile(threeSeconds);
        SseReader reader = open(nginx, NOTIFICATIONS, "alice")) {
      reader.awaitLine(": ready");

      // When
      Silence.forMillis(5_000, reader::isOpen);

      // Then
      assertThat(reader.lines()).filteredOn(line -> line.text().startsWith(": hb ")).isNotEmpty();
    }
  }

  @Test
  void anIdleCutShorterThanTheHeartbeatBreaksTheStreamOff() throws Exception {
    // Given: a cut after 1 s, a heartbeat every 25
    NginxRule oneSecond = NginxRule.shipped().with("proxy_read_timeout", "1s");
    try (Nginx nginx = hostile(oneSecond);
        SseReader reader = open(nginx, AI_EVENTS, "alice")) {

      // When
      reader.awaitLine(": ready");

      // Then
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
    }
  }

  @Test
  void withBufferingForcedOnALargeEventArrivesOneEventLate() throws Exception {
    // Given: the http{} around ignores the service's X-Accel-Buffering
    NginxRule wrong = NginxRule.shipped().with("proxy_buffering", "on");
    try (Nginx nginx = hostile(wrong);
        SseReader reader = open(nginx, "/api/ai/events?conversationId=late", "bob")) {
      reader.awaitLine(": ready");

      // When
      topics.publish("ai-events", "late", 6 << 10);
      Silence.forMillis(500, () -> reader.events().isEmpty());
      topics.publish("ai-events", "late", 6 << 10);

      // Then
      reader.awaitEvents(1);
      Silence.forMillis(300, () -> reader.events().size() == 1);
    }
  }

  @Test
  void aRefusalStaysAProblemDocument() throws Exception {
    // Given
    try (Nginx nginx = hostile(NginxRule.shipped());
        SseReader reader = SseReader.open(nginx.uri(NOTIFICATIONS))) {

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(401);
      assertThat(reader.response().headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
    }
  }

  private Nginx hostile(NginxRule rule) throws Exception {
    return Nginx.hostile(
        folder, rule.notifications(notifications.port()).aiEvents(aiEvents.port()));
  }

  private SseReader open(Nginx nginx, String path, String subject) {
    return SseReader.open(
        nginx.uri(path),
        "Authorization",
        issuer.bearer(subject, "c1", "late"),
        "Accept-Encoding",
        "gzip, br");
  }
}
