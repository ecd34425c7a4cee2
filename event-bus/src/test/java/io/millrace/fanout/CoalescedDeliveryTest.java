package io.millrace.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connection.CloseReason;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deltas wait to be merged, for those who asked for it; nothing else waits. */
class CoalescedDeliveryTest {

  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Route CHAT = new Route.Conversation("c");
  private static final Route OTHER = new Route.Conversation("d");
  private static final String END = "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}";

  private final TestReplica replica = TestReplica.of(1);
  private final RecordedStream stream = new RecordedStream();
  private long offset;

  private static String json(String text) {
    return "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"" + text + "\"}";
  }

  private Event delta(String text) {
    return AgUiRecords.event(offset++, "c", json(text));
  }

  private Event of(String conversation, String value) {
    return AgUiRecords.event(offset++, conversation, value);
  }

  private void read(Event... events) {
    replica.read(events);
    replica.loop.run();
  }

  @Test
  void waitForTheirTimeAndLeaveAsOne() {
    // Given
    replica.subscribe(stream, 50, CHAT);

    // When
    read(delta("a"));
    replica.elapse(WAIT.minusMillis(1));
    read(delta("b"), delta("c"));

    // Then
    assertEquals(List.of(), stream.data());
    replica.elapse(Duration.ofMillis(1));
    assertEquals(List.of(json("abc")), stream.data());
    assertEquals(replica.tail.id(replica.tail.endPlace().reached()), stream.lastId());
    assertEquals(1, stream.flushes());
  }

  @Test
  void leaveBeforeAnythingElse() {
    // Given
    replica.subscribe(stream, 50, CHAT);
    read(delta("a"), delta("b"));

    // When
    read(of("c", END), delta("c"));

    // Then
    assertEquals(List.of(json("ab"), END, json("c")), stream.data());
    replica.elapse(WAIT);
    assertEquals(List.of(json("ab"), END, json("c")), stream.data());
  }

  @Test
  void goOnWaitingWhenSomethingElseIsOfAnotherConversation() {
    // Given
    RecordedStream other = new RecordedStream();
    replica.subscribe(stream, 50, CHAT);
    replica.subscribe(other, 50, OTHER);
    read(delta("a"));

    // When
    read(of("d", END));

    // Then
    assertEquals(List.of(), stream.data());
    assertEquals(List.of(END), other.data());
    read(of("d", END), delta("b"), of("d", END));
    assertEquals(List.of(END, END, END), other.data());
    replica.elapse(WAIT);
    assertEquals(List.of(json("ab")), stream.data());
    assertEquals(List.of(END, END, END), other.data());
  }

  @Test
  void areMergedOnceForAllWhoWaitEquallyLong() {
    // Given
    RecordedStream same = new RecordedStream();
    RecordedStream live = new RecordedStream();
    replica.subscribe(stream, 50, CHAT);
    replica.subscribe(same, 41, CHAT);
    replica.subscribe(live, 0, CHAT);

    // When
    read(delta("a"), delta("b"));
    replica.elapse(WAIT);

    // Then
    assertSame(stream.buffers().get(0), same.buffers().get(0));
    assertEquals(List.of(json("a"), json("b")), live.data());
    assertEquals(List.of(json("ab")), same.data());
  }

  @Test
  void takeOneTimerForAll() {
    // Given
    IntStream.range(0, 10).forEach(i -> replica.subscribe(new RecordedStream(), 50, CHAT));

    // When
    read(delta("a"));
    read(delta("b"));

    // Then
    assertEquals(1, replica.timers());
  }

  @Test
  void leaveBeforeTheStreamEnds() {
    // Given
    Subscriber subscriber = replica.subscribe(stream, 50, CHAT);
    read(delta("a"), delta("b"));

    // When
    replica.shard.close(subscriber, CloseReason.DRAIN);

    // Then
    assertEquals(List.of("", "stream.reconnect"), events());
    assertEquals(json("ab"), stream.data().get(0));
  }

  private List<String> events() {
    return stream.received().stream().map(RecordedStream.Received::event).toList();
  }

  @Test
  void leaveWithTheTimerOfTheLoop() {
    // Given
    replica.subscribe(stream, 1000, CHAT);
    read(delta("a"));

    // When
    replica.shard.tick();

    // Then
    assertEquals(List.of(json("a")), stream.data());
  }

  @Test
  void areMergedForOneWhoIsBehind() {
    // Given
    stream.allow(1);
    replica.subscribe(stream, 0, CHAT);
    read(delta("first"));
    read(IntStream.range(0, 400).mapToObj(i -> delta(i + " ")).toArray(Event[]::new));

    // When
    stream.allow(Integer.MAX_VALUE);
    replica.loop.run();

    // Then
    assertEquals(2, stream.data().size());
    assertTrue(stream.data().get(1).endsWith(" 399 \"}"), stream.text());
  }
}
