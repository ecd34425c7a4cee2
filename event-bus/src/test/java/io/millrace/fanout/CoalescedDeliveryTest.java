package io.millrace.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connection.CloseReason;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** Whoever waits however long, is cut, stalls and comes back: the text is whole and in order. */
  @ParameterizedTest
  @MethodSource("seeds")
  void loseAndRepeatNothing(int seed) {
    Random random = new Random(seed);
    StringBuilder written = new StringBuilder();
    List<String> seen = new ArrayList<>();
    String lastId = replica.tail.id(replica.tail.endPlace().reached());
    for (int connection = 0; connection < 6; connection++) {
      RecordedStream socket = new RecordedStream();
      Subscriber subscriber = connect(socket, random, lastId);
      for (int step = 0; step < 30; step++) {
        step(random, socket, written);
      }
      if (connection == 5) {
        socket.allow(Integer.MAX_VALUE);
        replica.loop.run();
        replica.elapse(Duration.ofSeconds(1));
      }
      replica.shard.detach(subscriber);
      List<RecordedStream.Received> got = socket.received();
      int kept = connection == 5 ? got.size() : random.nextInt(got.size() + 1);
      got.subList(0, kept).forEach(frame -> seen.add(frame.data()));
      lastId = kept == 0 ? lastId : got.get(kept - 1).id();
    }

    assertEquals(written.toString(), text(seen));
  }

  private Subscriber connect(RecordedStream socket, Random random, String lastId) {
    Subscription asked =
        new Subscription(
            java.util.Set.of(CHAT), random.nextInt(3) * 50, Subscription.NEVER);
    io.millrace.connection.Lease lease =
        new io.millrace.connection.Lease(
            replica.now.plus(Duration.ofDays(1)), CloseReason.MAX_AGE);
    Subscriber subscriber =
        new Subscriber(asked, socket, lease, TestReplica.CREDENTIAL, replica.now);
    replica.shard.attach(subscriber, TestReplica.after(lastId));
    return subscriber;
  }

  private void step(Random random, RecordedStream socket, StringBuilder written) {
    int dice = random.nextInt(10);
    if (dice < 4) {
      String text = (char) ('a' + random.nextInt(26)) + "";
      written.append(text);
      replica.read(delta(text));
    } else if (dice == 4) {
      written.append('|');
      replica.read(of("c", END));
    } else if (dice == 5) {
      replica.read(of("d", random.nextBoolean() ? END : json("hidden")));
    } else if (dice < 8) {
      replica.loop.runOne();
    } else if (dice == 8) {
      replica.elapse(Duration.ofMillis(random.nextInt(60)));
    } else {
      socket.allow(random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(300));
    }
  }

  private static String text(List<String> data) {
    StringBuilder text = new StringBuilder();
    for (String each : data) {
      text.append(
          each.equals(END)
              ? "|"
              : each.substring(each.indexOf("\"delta\":\"") + 9, each.length() - 2));
    }
    return text.toString();
  }
}
