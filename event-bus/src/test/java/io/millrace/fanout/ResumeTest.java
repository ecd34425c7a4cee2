package io.millrace.fanout;

import static io.millrace.fanout.TestReplica.after;
import static io.millrace.fanout.TestReplica.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.sse.ResetReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResumeTest {

  private static final Route ALICE = new Scope.User("alice");
  private static final Route ALL = Scope.Everyone.INSTANCE;
  private static final ResumePoint LIVE = ResumePoint.Live.INSTANCE;

  private final TestReplica replica = TestReplica.of(2);
  private final RecordedStream alice = new RecordedStream();
  private final RecordedStream bob = new RecordedStream();

  @Test
  void resumesBehindTheLastId() {
    replica.subscribe(alice, LIVE, ALICE);
    replica.read(event(0, 0, "a", ALICE), event(1, 0, "b", ALICE));
    replica.loop.run();
    String first = alice.received().get(0).id();
    replica.read(event(0, 1, "c", ALICE));

    RecordedStream again = new RecordedStream();
    replica.subscribe(again, after(first), ALICE);
    replica.loop.run();
    replica.read(event(0, 2, "d", ALICE));
    replica.loop.run();

    assertEquals(List.of("b", "c", "d"), again.data());
  }

  @Test
  void joinsCatchingUpAndLiveWithoutGapOrRepeat() {
    replica.read(IntStream.range(0, 1000).mapToObj(i -> event(0, i, "" + i, ALICE)).toList());
    replica.subscribe(alice, after(replica.tail.id(Positions.of(0, 0))), ALICE);

    // A batch arrives between each two turns of the one that catches up.
    int offset = 1000;
    while (replica.loop.runOne()) {
      if (offset < 1100) {
        replica.read(event(0, offset, "" + offset, ALICE));
        offset++;
      }
    }

    assertEquals(IntStream.range(0, 1100).mapToObj(i -> "" + i).toList(), alice.data());
  }

  @Test
  void leavesASlowSocketBehindAndGoesOnWhereItStopped() {
    replica.subscribe(alice, LIVE, ALICE);
    alice.allow(1);

    replica.read(event(0, 0, "a", ALICE));
    replica.loop.run();
    replica.read(IntStream.range(1, 300).mapToObj(i -> event(0, i, "" + i, ALICE)).toList());
    replica.loop.run();
    assertEquals(List.of("a"), alice.data());
    alice.allow(Integer.MAX_VALUE);
    replica.loop.run();

    assertEquals(300, alice.data().size());
    assertEquals("299", alice.data().get(299));
  }

  @Test
  void resetsASlowOneWhosePlaceHasLeftTheTail() {
    TestReplica small = new TestReplica(1, 64 * 1024);
    small.subscribe(alice, LIVE, ALICE);
    alice.allow(1);
    for (int i = 0; i < 1000; i++) {
      small.read(event(0, i, "" + i, ALICE));
      small.loop.run();
    }

    alice.allow(Integer.MAX_VALUE);
    small.loop.run();
    small.read(event(0, 1000, "next", ALICE));
    small.loop.run();

    assertEquals(List.of("0", "{\"reason\":\"expired\",\"topic\":\"t\"}", "next"), alice.data());
    assertEquals("stream.reset", alice.received().get(1).event());
    assertEquals(small.tail.id(Positions.of(1000)), alice.received().get(1).id());
  }

  @Test
  void resetsACursorOlderThanTheTail() {
    TestReplica small = new TestReplica(1, 64 * 1024);
    IntStream.range(0, 1000).forEach(i -> small.read(event(0, i, "" + i, ALICE)));

    small.subscribe(alice, after(small.tail.id(Positions.of(3))), ALICE);
    small.loop.run();

    assertEquals("stream.reset", alice.received().get(0).event());
    assertEquals(1, small.count("millrace.resets"));
  }

  @Test
  void tellsOfAResetBeforeAnyEvent() {
    // Given: a delivery is due when she comes, and it will find what is published after that
    replica.subscribe(bob, LIVE, ALL);
    replica.read(event(0, 0, "a", ALL));
    replica.subscribe(alice, new ResumePoint.Reset(ResetReason.UNKNOWN), ALL);

    // When
    replica.read(event(0, 1, "b", ALL));
    replica.loop.run();

    // Then
    assertEquals("stream.reset", alice.received().get(0).event());
  }

  @Test
  void tellsOfAGapBeforeAnyEventFromBehindIt() {
    // Given
    replica.subscribe(alice, LIVE, ALL);
    replica.read(event(0, 0, "a", ALL));
    replica.loop.run();

    // When: retention took what the replica was to read next
    replica.tail.start(TestReplica.EPOCH, Positions.of(10, 10));
    replica.fanout.lookAgain();
    replica.read(event(0, 10, "b", ALL));
    replica.loop.run();

    // Then
    assertEquals("a", alice.data().get(0));
    assertEquals("stream.reset", alice.received().get(1).event());
  }

  @Test
  void goesBackForWhatTheTailSkipped() {
    // Given
    List<Rider> waiting = new ArrayList<>();
    TestReplica overtaken = new TestReplica(2, 64 << 20, past(waiting));
    overtaken.subscribe(alice, LIVE, ALL);
    overtaken.read(event(0, 0, "a", ALL));
    overtaken.loop.run();

    // When
    overtaken.tail.start(TestReplica.EPOCH, Positions.of(10, 10));
    overtaken.fanout.lookAgain();
    overtaken.loop.run();

    // Then
    assertEquals(List.of("a"), alice.data());
    assertEquals(Positions.of(1, 0), waiting.get(0).from());
  }

  private static ReplaySource past(List<Rider> waiting) {
    return new ReplaySource() {
      @Override
      public void await(Rider rider) {
        waiting.add(rider);
      }

      @Override
      public void withdraw(Rider rider) {
        waiting.remove(rider);
      }
    };
  }

  @Test
  void resetsACursorBeyondTheEndOfTheLog() {
    Subscriber subscriber =
        replica.subscribe(alice, after(replica.tail.id(Positions.of(1L << 40, 5))), ALICE);
    replica.loop.run();
    replica.read(event(0, 0, "kept back", ALICE));
    replica.loop.run();
    assertEquals(List.of(), alice.data());

    replica.shard.confirm(subscriber, Positions.of(1, 5));
    replica.read(event(0, 1, "next", ALICE));
    replica.loop.run();

    assertEquals(List.of("{\"reason\":\"truncated\",\"topic\":\"t\"}", "next"), alice.data());
  }

  @Test
  void believesACursorOfAReplicaThatReadFaster() {
    Subscriber subscriber =
        replica.subscribe(alice, after(replica.tail.id(Positions.of(2, 0))), ALICE);

    replica.shard.confirm(subscriber, Positions.of(2, 0));
    replica.read(event(0, 0, "a", ALICE), event(0, 1, "b", ALICE), event(0, 2, "c", ALICE));
    replica.loop.run();

    assertEquals(List.of("c"), alice.data());
  }

  @Test
  void givesEachOneThatIsBehindABoundedTurn() {
    String large = "x".repeat(30 * 1024);
    replica.read(IntStream.range(0, 100).mapToObj(i -> event(0, i, large, ALL)).toList());
    String start = replica.tail.id(Positions.of(0, 0));
    replica.subscribe(alice, after(start), ALL);
    replica.subscribe(bob, after(start), ALL);

    replica.loop.runOne();

    int difference = Math.abs(alice.data().size() - bob.data().size());
    assertTrue(difference <= 3, "one is " + difference + " events ahead of the other");
    assertTrue(alice.data().size() < 100, "one turn sent everything");
  }
}
