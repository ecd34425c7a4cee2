package io.millrace.fanout;

import static io.millrace.fanout.TestReplica.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micrometer.core.instrument.Timer;
import io.millrace.event.Event;
import io.millrace.event.Part;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveDeliveryTest {

  private static final Route ALICE = new Scope.User("alice");
  private static final Route BOB = new Scope.User("bob");
  private static final Route ALL = Scope.Everyone.INSTANCE;
  private static final ResumePoint LIVE = ResumePoint.Live.INSTANCE;

  private final TestReplica replica = TestReplica.of(2);
  private final RecordedStream alice = new RecordedStream();
  private final RecordedStream bob = new RecordedStream();

  @Test
  void deliversToThoseConcernedAndToNobodyElse() {
    replica.subscribe(alice, LIVE, ALICE, ALL);
    replica.subscribe(bob, LIVE, BOB, ALL);

    replica.read(event(0, 0, "a", ALICE), event(1, 0, "b", BOB), event(0, 1, "c", ALL));
    replica.loop.run();

    assertEquals(List.of("a", "c"), alice.data());
    assertEquals(List.of("b", "c"), bob.data());
  }

  @Test
  void deliversAnEventOnceHoweverManyOfItsScopesOneHas() {
    replica.subscribe(alice, LIVE, ALICE, ALL);

    replica.read(event(0, 0, "a", ALICE, ALL));
    replica.loop.run();

    assertEquals(List.of("a"), alice.data());
  }

  @Test
  void timesTheWayOfAnEventOnceWhateverTheNumberOfSubscribers() {
    replica.now = Instant.ofEpochMilli(5000);
    replica.subscribe(alice, LIVE, ALL);
    replica.subscribe(bob, LIVE, ALL);

    replica.read(sent(0, 4960, ALL), sent(1, 4960, new Scope.User("carol")), event(0, 2, "?", ALL));
    replica.loop.run();

    Timer latency = replica.registry.get("millrace.delivery.latency").timer();
    assertEquals(1, latency.count());
    assertEquals(40, latency.totalTime(TimeUnit.MILLISECONDS), 0.001);
  }

  @Test
  void takesATimeStampOfTheFutureForNow() {
    replica.subscribe(alice, LIVE, ALL);

    replica.read(sent(0, 60_000, ALL));
    replica.loop.run();

    Timer latency = replica.registry.get("millrace.delivery.latency").timer();
    assertEquals(1, latency.count());
    assertEquals(0, latency.totalTime(TimeUnit.MILLISECONDS), 0.001);
  }

  @Test
  void doesNotTimeWhatIsCaughtUpWith() {
    replica.now = Instant.ofEpochMilli(5000);
    replica.read(sent(0, 1000, ALL));

    replica.subscribe(alice, new ResumePoint.After(Positions.of(0, 0)), ALL);
    replica.loop.run();

    assertEquals(1, alice.data().size());
    assertEquals(0, replica.registry.get("millrace.delivery.latency").timer().count());
  }

  private static Event sent(long offset, long millis, Route route) {
    return new Event(0, offset, Set.of(route), "", new byte[] {'1'}, false, Part.NONE, millis, "");
  }

  @Test
  void doesNotWakeForWhatNobodyHereWants() {
    replica.subscribe(alice, LIVE, ALICE);

    replica.read(event(0, 0, "b", BOB));

    assertEquals(0, replica.loop.waiting());
  }

  @Test
  void wakesOnceHoweverMuchIsToBeDone() {
    replica.subscribe(alice, LIVE, ALICE);

    replica.read(event(0, 0, "a", ALICE));
    replica.read(event(0, 1, "b", ALICE), event(0, 2, "c", ALICE));

    assertEquals(1, replica.loop.waiting());
    replica.loop.run();
    assertEquals(List.of("a", "b", "c"), alice.data());
  }

  @Test
  void flushesOncePerBatchHoweverManyEventsItHas() {
    replica.subscribe(alice, LIVE, ALICE);

    replica.read(IntStream.range(0, 500).mapToObj(i -> event(0, i, "e" + i, ALICE)).toList());
    replica.loop.run();

    assertEquals(500, alice.data().size());
    assertEquals(1, alice.flushes());
  }

  @Test
  void encodesOnceForAllWhoAreGivenTheSame() {
    replica.subscribe(alice, LIVE, ALICE, ALL);
    replica.subscribe(bob, LIVE, BOB, ALL);

    replica.read(event(0, 0, "a", ALL), event(0, 1, "b", ALL));
    replica.loop.run();

    assertEquals(1, alice.buffers().size());
    assertSame(alice.buffers().get(0), bob.buffers().get(0));
  }

  @Test
  void beginsLiveInTheMiddleOfABatch() {
    replica.subscribe(bob, LIVE, ALL);
    replica.read(event(0, 0, "before", ALL));

    replica.subscribe(alice, LIVE, ALL);
    replica.read(event(0, 1, "after", ALL));
    replica.loop.run();

    assertEquals(List.of("after"), alice.data());
    assertEquals(List.of("before", "after"), bob.data());
  }

  @Test
  void resetsTheLiveOnesOfALoopThatWasStarved() {
    TestReplica small = new TestReplica(1, 64 * 1024);
    small.subscribe(alice, LIVE, ALICE);

    IntStream.range(0, 1000).forEach(i -> small.read(event(0, i, "" + i, ALICE)));
    small.loop.run();

    assertEquals("stream.reset", alice.received().get(0).event());
  }
}
