package io.millrace.fanout;

import static io.millrace.fanout.TestReplica.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connection.CloseReason;
import io.millrace.connection.Lease;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why streams end before their clients go. */
class EndingsTest {

  private static final Route ALICE = new Scope.User("alice");
  private static final Route BOB = new Scope.User("bob");
  private static final Route ALL = Scope.Everyone.INSTANCE;
  private static final ResumePoint LIVE = ResumePoint.Live.INSTANCE;

  private final TestReplica replica = TestReplica.of(2);
  private final RecordedStream alice = new RecordedStream();
  private final RecordedStream bob = new RecordedStream();

  @Test
  void endsAStreamThatHeardNoEventForItsIdleTimeWhateverHeartbeatsItGot() {
    Lease lease = idle(Duration.ofMinutes(10));
    replica.subscribe(alice, LIVE, lease, ALICE);
    replica.subscribe(bob, LIVE, lease, BOB);
    passMinutes(6);
    replica.read(event(0, 0, "a", ALICE));
    replica.loop.run();

    passMinutes(5);

    assertFalse(alice.isEnded());
    assertTrue(bob.isEnded());
    assertTrue(bob.text().contains(": hb"));
    String last = bob.data().get(bob.data().size() - 1);
    assertTrue(last.startsWith("{\"reason\":\"idle\""), bob.text());
  }

  private Lease idle(Duration time) {
    Instant late = replica.now.plus(Duration.ofDays(1));
    return new Lease(late, CloseReason.MAX_AGE, time.toMillis(), Long.MAX_VALUE);
  }

  private void passMinutes(int minutes) {
    for (int second = 0; second < minutes * 60; second++) {
      replica.now = replica.now.plusSeconds(1);
      replica.shard.tick();
    }
  }

  @Test
  void endsAStreamWhoseSocketTakesNothingAndTellsItWhereItStood() {
    Instant late = replica.now.plus(Duration.ofDays(1));
    Lease lease = new Lease(late, CloseReason.MAX_AGE, Long.MAX_VALUE, 60_000);
    replica.subscribe(alice, LIVE, lease, ALICE);
    alice.allow(1);
    replica.read(event(0, 0, "1", ALICE));
    replica.loop.run();
    replica.read(event(0, 1, "2", ALICE));
    replica.loop.run();

    passMinutes(1);

    assertTrue(alice.isEnded());
    RecordedStream.Received last = alice.received().get(1);
    assertTrue(last.data().startsWith("{\"reason\":\"slow\""), last.data());
    assertEquals(replica.tail.id(Positions.of(1, 0)), last.id());
  }

  @Test
  void doesNotCallAStreamSlowThatIsAlwaysFullAndAlwaysDrained() {
    Instant late = replica.now.plus(Duration.ofDays(1));
    Lease lease = new Lease(late, CloseReason.MAX_AGE, Long.MAX_VALUE, 60_000);
    replica.subscribe(alice, LIVE, lease, ALICE);

    for (int second = 0; second < 600; second++) {
      alice.allow(1);
      replica.read(event(0, second, "x", ALICE));
      replica.loop.run();
      replica.now = replica.now.plusSeconds(1);
      replica.shard.tick();
    }

    assertFalse(alice.isEnded());
    assertEquals(600, alice.data().size());
  }

  @Test
  void endsTheOldestFirstWhenItDrainsAndGoesOnServingTheRest() {
    replica.subscribe(alice, LIVE, ALL);
    replica.subscribe(bob, LIVE, ALL);

    replica.shard.closeOldest(1, CloseReason.DRAIN);
    replica.read(event(0, 0, "a", ALL));
    replica.loop.run();

    assertTrue(alice.isEnded());
    assertTrue(alice.data().get(0).startsWith("{\"reason\":\"drain\""), alice.text());
    assertEquals(replica.tail.id(Positions.of(0, 0)), alice.lastId());
    assertEquals(List.of("a"), bob.data());
  }

  @Test
  void tellsTheOneWhoseSocketFillsUpWithWhatWasDueHowFarItGot() {
    replica.subscribe(alice, LIVE, ALICE);
    alice.allow(1);
    for (int offset = 0; offset < 3 * SliceFrames.MAX_EVENTS; offset++) {
      replica.read(event(0, offset, "x", ALICE));
    }

    replica.shard.closeOldest(1, CloseReason.MAX_AGE);

    assertTrue(alice.isEnded());
    int given = alice.data().size() - 1;
    assertTrue(given > 0 && given < 3 * SliceFrames.MAX_EVENTS, () -> given + " events");
    assertEquals(replica.tail.id(Positions.of(given, 0)), alice.lastId());
  }

  @Test
  void countsAStreamOnceThatFailsWhileItIsEnded() {
    replica.subscribe(alice, LIVE, ALICE);
    alice.breakOnWrite();
    replica.read(event(0, 0, "x", ALICE));

    replica.shard.closeOldest(1, CloseReason.MAX_AGE);

    assertEquals(0, replica.shard.size());
    assertEquals(
        1,
        replica.registry.get("millrace.streams.closed").counters().stream()
            .mapToDouble(counter -> counter.count())
            .sum());
  }
}
