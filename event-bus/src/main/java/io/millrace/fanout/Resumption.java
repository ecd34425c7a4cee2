package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.event.Positions;
import io.millrace.sse.Profile;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which log each subscriber of a shard follows, from where, and how it gets from one to the next:
 * from its cursor to a replay or the tail, from a replay to the tail, from the tail it fell behind
 * to a replay. Each step starts at the positions the last one reached. Its event loop only.
 */
final class Resumption {

  /** Those in line for a replay. */
  private final Map<Subscriber, Rider> waiting = new HashMap<>();

  /** A replay, as some of its riders want it. */
  private record Ride(Replay replay, Profile profile) {}

  private final Map<Ride, Lane> replays = new HashMap<>();
  private final Shard shard;
  private final TailLog tail;
  private final TailLanes live;
  private final ReplaySource past;
  private final CatchUp catchUp;
  private final FrameWriter writer;
  private final Meters meters;

  Resumption(
      Shard shard,
      TailLog tail,
      TailLanes live,
      ReplaySource past,
      FrameWriter writer,
      Meters meters) {
    this.shard = shard;
    this.tail = tail;
    this.live = live;
    this.past = past;
    this.catchUp = new CatchUp(shard, this, writer, shard.settings().bytesPerTurn());
    this.writer = writer;
    this.meters = meters;
  }

  /** Begins where the subscriber asked to. */
  void start(Subscriber subscriber, ResumePoint point) {
    if (point instanceof ResumePoint.After after) {
      resume(subscriber, after.cursor());
    } else if (point instanceof ResumePoint.Begin begin) {
      resume(subscriber, begin.from(tail.endPlace().reached()));
    } else if (point instanceof ResumePoint.Reset reset) {
      // Not live before it was told: an event ahead of the reset would carry an id past the loss.
      subscriber.startAt(tail.endPlace());
      subscriber.become(State.WAITING);
      shard.run(() -> shard.fence(subscriber, () -> reset(subscriber, reset.reason())));
    } else {
      goLive(subscriber);
    }
  }

  /** From the next event of the tail on. */
  private void goLive(Subscriber subscriber) {
    leave(subscriber);
    live.of(subscriber).add(subscriber);
    subscriber.startAt(tail.endPlace());
    subscriber.become(State.LIVE);
  }

  /** Goes on behind these positions: in the tail, or where they lie before it, in a replay. */
  void resume(Subscriber subscriber, Positions from) {
    if (subscriber.state() == State.CLOSED) {
      return;
    }
    leave(subscriber);
    OptionalLong seq = tail.resume(from);
    if (seq.isPresent()) {
      live.of(subscriber).add(subscriber);
      subscriber.startAt(seq.getAsLong(), from);
      catchUp.add(subscriber);
    } else {
      subscriber.startAt(0, from);
      subscriber.become(State.WAITING);
      Rider rider = new Rider(shard, subscriber, from);
      waiting.put(subscriber, rider);
      past.await(rider);
    }
  }

  /** Follows nothing any more, and waits for nothing. */
  void leave(Subscriber subscriber) {
    subscriber.leave();
    Rider rider = waiting.remove(subscriber);
    if (rider != null) {
      past.withdraw(rider);
    }
  }

  /** Everything the rider wants comes in this replay, from this place on. */
  void board(Rider rider, Replay replay, long start) {
    Subscriber subscriber = rider.subscriber();
    if (!waiting.remove(subscriber, rider)) {
      replay.left();
      return;
    }
    Lane lane =
        replays.computeIfAbsent(
            new Ride(replay, subscriber.subscription().profile()),
            fresh -> Lane.ofReplay(shard, replay, writer, fresh.profile()));
    lane.add(subscriber);
    subscriber.startAt(start, rider.from());
    catchUp.add(subscriber);
  }

  void turnAway(Rider rider, ResetReason reason) {
    if (waiting.get(rider.subscriber()) == rider) {
      shard.fence(rider.subscriber(), () -> reset(rider.subscriber(), reason));
    }
  }

  /** A replay is over for its riders. */
  void forget(Lane lane) {
    replays.values().remove(lane);
  }

  /** Its socket takes more again. */
  void drained(Subscriber subscriber) {
    if (subscriber.state() != State.STALLED) {
      return;
    }
    if (subscriber.hasLane()) {
      catchUp.add(subscriber);
    } else {
      shard.fence(subscriber, () -> resume(subscriber, subscriber.reached()));
    }
  }

  /** A stalled subscriber lets go of its log; once its socket takes more it looks where it is. */
  void park(Subscriber subscriber) {
    subscriber.leave();
  }

  /**
   * Tells the subscriber that continuity can't be proven, and goes on live from here; ends where
   * its client could make nothing of the rest.
   */
  void reset(Subscriber subscriber, ResetReason reason) {
    if (subscriber.state() == State.CLOSED) {
      return;
    }
    goLive(subscriber);
    meters.reset(reason.text());
    String id = tail.id(subscriber.reached());
    Profile profile = subscriber.subscription().profile();
    writer.write(subscriber, profile.reset(id, reason, shard.settings().topic()));
    subscriber.passTo(subscriber.position());
    if (profile.isOfOneRun() || subscriber.subscription().isOver().getAsBoolean()) {
      shard.close(subscriber, CloseReason.RUN_FINISHED);
    } else {
      stallIfFull(subscriber);
    }
  }

  private static void stallIfFull(Subscriber subscriber) {
    if (subscriber.state() == State.LIVE && !subscriber.stream().isWritable()) {
      subscriber.become(State.STALLED);
    }
  }
}
