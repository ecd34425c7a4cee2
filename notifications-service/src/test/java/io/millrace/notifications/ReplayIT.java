package io.millrace.notifications;

import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cursor older than the tail is served from Kafka, or its holder is told why not. */
@QuarkusTest
@TestProfile(SmallProfile.class)
class ReplayIT extends StreamTest {

  private static final String SCANS = "millrace_replay_scans_total";
  private static final String LIVE = "1000000";
  private static final String EXPIRED = "{\"reason\":\"expired\",\"topic\":\"notifications\"}";

  /** Twice what the tail holds at an event's least cost of 400 bytes. */
  private static final int MORE_THAN_THE_TAIL = 2 * SmallProfile.TAIL_BYTES / 400;

  ReplayIT() {
    super(Surface.NOTIFICATIONS);
  }

  @AfterEach
  void endOutage() {
    KafkaResource.broker().start();
  }

  /** What alice heard of these events, spread over all partitions. */
  private List<SseFrame> heard(int events) {
    try (SseClient live = openAs(alice)) {
      topic().writeAll(records(alice, events));
      return live.awaitFrames(events);
    }
  }

  private List<TestRecord> records(String person, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> TestRecord.of(surface.key(person), value(i)).partition(partitionOf(value(i))))
        .toList();
  }

  private static String value(int i) {
    return Integer.toString(i);
  }

  private static int partitionOf(String value) {
    return Integer.parseInt(value) % KafkaResource.PARTITIONS;
  }

  /** The same events, those of each partition in the same order: there is no other order. */
  private static void assertSameByPartition(List<String> expected, List<String> actual) {
    assertEquals(
        expected.stream().collect(groupingBy(ReplayIT::partitionOf)),
        actual.stream().collect(groupingBy(ReplayIT::partitionOf)));
  }

  private static List<String> data(List<SseFrame> frames) {
    return frames.stream().map(SseFrame::data).toList();
  }

  @Test
  void servesWhatTheTailNoLongerHoldsThenGoesOnLive() {
    // Given
    List<SseFrame> heard = heard(20);
    topic().writeAll(records(bob, MORE_THAN_THE_TAIL));
    topic().writeAll(records(alice, 3));

    // When
    SseClient resumed = open(requestOf(alice).lastEventId(heard.get(4).id()));
    resumed.awaitFrames(18);
    publish(alice, LIVE);

    // Then
    List<String> expected = new ArrayList<>(data(heard.subList(5, 20)));
    expected.addAll(List.of(value(0), value(1), value(2)));
    expected.add(LIVE);
    assertSameByPartition(expected, data(resumed.awaitFrames(19)));
  }

  @Test
  void letsManyCursorsShareAFewReads() {
    // Given
    List<SseFrame> heard = heard(100);
    topic().writeAll(records(bob, MORE_THAN_THE_TAIL));
    double scans = management().meter(SCANS);

    // When
    List<SseClient> resumed =
        heard.stream().map(frame -> send(requestOf(alice).lastEventId(frame.id()))).toList();
    resumed.forEach(SseClient::awaitReady);
    publish(alice, LIVE);

    // Then
    for (int i = 0; i < resumed.size(); i++) {
      List<String> rest = new ArrayList<>(data(heard.subList(i + 1, heard.size())));
      rest.add(LIVE);
      assertSameByPartition(rest, resumed.get(i).awaitData(rest.size()));
    }
    assertTrue(management().meter(SCANS) - scans <= 20, "reads are shared");
    assertEquals(0, management().meter("millrace_replay_waiting"));
  }

  @Test
  void letsThemWaitWhileTheBrokerIsAway() {
    // Given
    List<SseFrame> heard = heard(5);
    topic().writeAll(records(bob, MORE_THAN_THE_TAIL));
    await().until(() -> management().meter("millrace_kafka_lag") == 0);
    KafkaResource.broker().stop();

    // When
    SseClient waiting = open(requestOf(alice).lastEventId(heard.get(0).id()));
    waiting.awaitBody(": hb ");
    waiting.awaitBody(": hb ");
    assertEquals(List.of(), waiting.frames());
    KafkaResource.broker().start();

    // Then
    assertSameByPartition(data(heard.subList(1, 5)), data(waiting.awaitFrames(4)));
    assertEquals(0, management().meter("millrace_fences_total"));
  }

  @Test
  void saysSoWhenRetentionTookIt() throws Exception {
    // Given
    List<SseFrame> heard = heard(5);
    topic().writeAll(records(bob, MORE_THAN_THE_TAIL));
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int p = 0; p < KafkaResource.PARTITIONS; p++) {
      all.put(new TopicPartition(surface.topic(), p), RecordsToDelete.beforeOffset(-1));
    }
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", KafkaResource.broker().bootstrapServers()))) {
      admin.deleteRecords(all).all().get();
    }

    // When
    SseClient late = open(requestOf(alice).lastEventId(heard.get(0).id()));
    late.awaitFrame();
    publish(alice, LIVE);

    // Then
    assertEquals(List.of(EXPIRED, LIVE), late.awaitData(2));
  }

  @Test
  void saysSoWhenItIsFurtherBackThanOneMayAskFor() {
    // Given
    double before = management().meter("millrace_resets_total", "over-budget");
    List<SseFrame> heard = heard(5);
    topic().writeAll(records(bob, SmallProfile.MAX_REPLAY + MORE_THAN_THE_TAIL));
    await().until(() -> management().meter("millrace_kafka_lag") == 0);

    // When
    SseClient late = open(requestOf(alice).lastEventId(heard.get(0).id()));

    // Then
    assertEquals(EXPIRED, late.awaitFrame().data());
    assertEquals(before + 1, management().meter("millrace_resets_total", "over-budget"));
  }

  @Test
  void giveAFreshCursorToThoseForWhomMuchWasFilteredOut() {
    // Given
    SseClient hers = openAs(alice);
    publish(alice, "1");
    hers.awaitFrame();

    // When
    topic().writeAll(records(bob, 60));

    // Then
    SseFrame checkpoint = hers.awaitFrames(2).get(1);
    assertEquals("stream.checkpoint", checkpoint.event());
    assertEquals("{}", checkpoint.data());
    publish(alice, "2");
    assertEquals(List.of("2"), open(requestOf(alice).lastEventId(checkpoint.id())).awaitData(1));
  }
}
