package io.millrace.fanout;

import static io.millrace.fanout.TestReplica.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connection.CloseReason;
import io.millrace.connection.Lease;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.sse.ResetReason;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShardTest {

  private static final Route ALICE = new Scope.User("alice");
  private static final Route BOB = new Scope.User("bob");
  private static final Route ALL = Scope.Everyone.INSTANCE;
  private static final ResumePoint LIVE = ResumePoint.Live.INSTANCE;

  private final TestReplica replica = TestReplica.of(2);
  private final RecordedStream alice = new RecordedStream();
  private final RecordedStream bob = new RecordedStream();

  @Test
  void endsOnlyTheOneWhoseTurnFails() {
    replica.subscribe(alice, LIVE, ALL);
    replica.subscribe(bob, LIVE, ALL);
    alice.breakOnWrite();

    replica.read(event(0, 0, "a", ALL));
    replica.loop.run();

    assertTrue(alice.isEnded());
    assertEquals(List.of("a"), bob.data());
    assertEquals(1, replica.shard.size());
    assertEquals(1, replica.count("millrace.fences"));
    assertEquals(
        1,
        replica.registry.get("millrace.streams.closed").tag("reason", "fault").counter().count());
  }

  @Test
  void forgetsThoseWhoLeft() {
    Subscriber subscriber = replica.subscribe(alice, LIVE, ALL);

    replica.shard.detach(subscriber);
    replica.shard.detach(subscriber);
    replica.read(event(0, 0, "a", ALL));

    assertEquals(0, replica.loop.waiting());
    assertEquals(0, replica.shard.size());
    assertEquals(
        1,
        replica
            .registry
            .get("millrace.streams.closed")
            .tag("reason", "client-gone")
            .counter()
            .count());
  }

  @Test
  void beatsOnlyInSilence() {
    replica.subscribe(alice, LIVE, ALICE);
    replica.now = replica.now.plus(Duration.ofSeconds(20));
    replica.read(event(0, 0, "a", ALICE));
    replica.loop.run();

    replica.now = replica.now.plus(Duration.ofSeconds(20));
    replica.shard.tick();
    assertFalse(alice.text().contains(": hb"), alice.text());
    replica.now = replica.now.plus(Duration.ofSeconds(5));
    replica.shard.tick();

    assertTrue(alice.text().endsWith(": hb 45000\n"), alice.text());
  }

  @Test
  void givesACursorWithTheFirstHeartbeatOfAStreamThatHasNone() {
    replica.subscribe(alice, LIVE, ALICE);
    replica.read(event(0, 0, "b", BOB));

    replica.now = replica.now.plus(TestReplica.HEARTBEAT);
    replica.shard.tick();
    replica.now = replica.now.plus(TestReplica.HEARTBEAT);
    replica.shard.tick();

    assertEquals(
        List.of(
            new RecordedStream.Received(
                replica.tail.id(Positions.of(1, 0)), "stream.checkpoint", "{}")),
        alice.received());
    assertTrue(alice.text().endsWith("\n\n: hb 25000\n: hb 50000\n"), alice.text());
  }

  @Test
  void countsThoseThatAreBehind() {
    replica.subscribe(alice, LIVE, ALICE);
    alice.allow(0);
    replica.read(event(0, 0, "a", ALICE));
    replica.loop.run();

    replica.shard.tick();

    assertEquals(1, behind("stalled"));
    assertEquals(0, behind("catching-up"));
    alice.allow(1000);
    replica.loop.run();
    replica.shard.tick();
    assertEquals(0, behind("stalled"));
  }

  private double behind(String state) {
    return replica.registry.get("millrace.subscribers.behind").tag("state", state).gauge().value();
  }

  @Test
  void givesAFreshCursorOnceMuchWasForOthers() {
    replica.subscribe(alice, LIVE, ALICE);
    replica.read(event(0, 0, "a", ALICE));
    replica.loop.run();
    for (int i = 1; i <= TestReplica.CHECKPOINT_AFTER; i++) {
      replica.read(event(0, i, "b", BOB));
    }

    replica.now = replica.now.plus(TestReplica.HEARTBEAT);
    replica.shard.tick();

    RecordedStream.Received last = alice.received().get(1);
    assertEquals("stream.checkpoint", last.event());
    assertEquals(replica.tail.id(Positions.of(TestReplica.CHECKPOINT_AFTER + 1, 0)), last.id());
  }

  @Test
  void endsAStreamWhenItsLeaseIsOverAndSaysWhereItStood() {
    Lease lease = new Lease(replica.now.plusSeconds(60), CloseReason.TOKEN_EXPIRING);
    replica.subscribe(alice, LIVE, lease, ALICE);
    replica.read(event(0, 0, "b", BOB));
    replica.read(event(1, 0, "a", ALICE));

    replica.now = replica.now.plusSeconds(60);
    replica.shard.tick();

    RecordedStream.Received last = alice.received().get(1);
    assertTrue(alice.isEnded());
    assertEquals("a", alice.received().get(0).data());
    assertEquals("stream.reconnect", last.event());
    assertTrue(last.data().startsWith("{\"reason\":\"token-expiring\",\"afterMs\":"), last.data());
    assertEquals(replica.tail.id(Positions.of(1, 1)), last.id());
  }

  @Test
  void losesNothingThatIsAppendedWhenAnotherStreamEnds() {
    Lease lease = new Lease(replica.now.plusSeconds(60), CloseReason.MAX_AGE);
    replica.subscribe(bob, LIVE, lease, ALICE);
    replica.subscribe(alice, LIVE, ALICE);
    Event appended = event(0, 0, "a", ALICE);
    replica.tail.append(appended);

    replica.now = replica.now.plusSeconds(60);
    replica.shard.tick();
    replica.fanout.publish(0, List.of(appended));
    replica.loop.run();

    assertEquals(List.of("a"), alice.data());
  }

  @Test
  void tellsEveryoneWhenTheTopicWasCreatedAnew() {
    replica.subscribe(alice, LIVE, ALICE);

    replica.tail.start("new", Positions.of(0, 0));
    replica.fanout.resetAll(ResetReason.RECREATED);
    replica.loop.run();
    replica.read(event(0, 0, "first of the new topic", ALICE));
    replica.loop.run();

    assertEquals(
        List.of("{\"reason\":\"recreated\",\"topic\":\"t\"}", "first of the new topic"),
        alice.data());
    assertTrue(alice.lastId().startsWith("1.new."), alice.lastId());
  }

  @Test
  void sendsEveryoneBackToTheirCursorsWhenADeliveryTurnFails() {
    AtomicBoolean broken = new AtomicBoolean();
    Set<Route> routes =
        new AbstractSet<>() {
          @Override
          public Iterator<Route> iterator() {
            if (broken.get()) {
              throw new IllegalStateException("broken on purpose");
            }
            return Set.of(ALICE).iterator();
          }

          @Override
          public int size() {
            return 1;
          }
        };
    replica.subscribe(alice, LIVE, ALICE);
    replica.read(new Event(0, 0, routes, "", new byte[] {'1'}, false));

    broken.set(true);
    replica.loop.run();
    broken.set(false);
    replica.subscribe(bob, TestReplica.after(replica.tail.id(Positions.of(0, 0))), ALICE);
    replica.loop.run();

    assertTrue(alice.isEnded());
    assertEquals(1, replica.count("millrace.fences"));
    assertEquals(List.of("1"), bob.data());
  }

  @Test
  void countsOnlyWhatItDelivered() {
    replica.subscribe(alice, TestReplica.after(replica.tail.id(Positions.of(1, 0))), ALICE);

    replica.read(event(0, 0, "received before", ALICE), event(0, 1, "new", ALICE));
    replica.loop.run();

    assertEquals(List.of("new"), alice.data());
    assertEquals(1, replica.count("millrace.deliveries"));
  }
}
