package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.event.Positions;
import io.millrace.sse.Profile;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log and those of one shard who follow it: the tail, or a {@link Replay}. The delivery turn of
 * its event loop writes what is new in the log to them. Everything but {@link #wake} and {@link
 * #finish} happens on that event loop.
 */
final class Lane {

  /**
   * How its followers want what is in the log.
   *
   * @param waiting how long deltas wait to be merged with those that follow
   */
  record Manner(Profile profile, Duration waiting) {}

  /** No delivery is due. */
  private static final long IDLE = Long.MAX_VALUE;

  private final AtomicLong wakeFrom = new AtomicLong(IDLE);

  /** Where the first event stands for which those it is for must not wait. */
  private final AtomicLong urgentFrom = new AtomicLong(IDLE);

  private final Set<Subscriber> followers = new LinkedHashSet<>();
  private final Shard shard;
  private final TailLog log;
  private final Optional<Replay> replay;
  private final Manner manner;
  private final RouteIndex index;
  private final LiveDelivery live;

  private Lane(
      Shard shard,
      TailLog log,
      Optional<Replay> replay,
      Manner manner,
      Interest interest,
      FrameWriter writer) {
    this.shard = shard;
    this.log = log;
    this.replay = replay;
    this.manner = manner;
    this.index = new RouteIndex(interest, this);
    this.live = new LiveDelivery(log, this, index, writer, shard.settings().bytesPerTurn());
  }

  /** The tail. */
  static Lane ofTail(
      Shard shard, TailLog tail, Interest interest, FrameWriter writer, Manner manner) {
    return new Lane(shard, tail, Optional.empty(), manner, interest, writer);
  }

  /** A replay; its thread wakes all lanes for each batch, so nobody asks who is interested. */
  static Lane ofReplay(Shard shard, Replay replay, FrameWriter writer, Profile profile) {
    Manner manner = new Manner(profile, Duration.ZERO);
    Lane lane = new Lane(shard, replay.log(), Optional.of(replay), manner, new Interest(), writer);
    replay.join(lane);
    return lane;
  }

  TailLog log() {
    return log;
  }

  Shard shard() {
    return shard;
  }

  Profile profile() {
    return manner.profile();
  }

  /** Whether adjacent deltas of one text leave as one event. */
  boolean isMerging() {
    return replay.isPresent() || !manner.waiting().isZero();
  }

  boolean isOfTail() {
    return replay.isEmpty();
  }

  boolean isEmpty() {
    return followers.isEmpty();
  }

  void add(Subscriber subscriber) {
    subscriber.follow(this);
    followers.add(subscriber);
    index.add(subscriber);
    // The poll thread appends, then asks who is interested; here it is the other way round. With a
    // full fence on both sides one of the two sees the other, so no event falls between.
    VarHandle.fullFence();
  }

  void remove(Subscriber subscriber) {
    followers.remove(subscriber);
    index.remove(subscriber);
    replay.ifPresent(Replay::left);
  }

  /**
   * Events from this place on are there to be written. Any thread; costs a task only when none is
   * due.
   *
   * @param urgent whether those it is for must not wait for more
   */
  void wake(long from, boolean urgent) {
    boolean first = wakeFrom.compareAndSet(IDLE, from);
    if (manner.waiting().isZero()) {
      if (first) {
        shard.run(this::deliver);
      }
      return;
    }
    if (first) {
      shard.runAfter(this::deliver, manner.waiting());
    }
    if (urgent && urgentFrom.compareAndSet(IDLE, from)) {
      shard.run(this::hasten);
    }
  }

  /** Writes what waits, to those alone for whom something came that is no delta. */
  private void hasten() {
    long urgent = urgentFrom.getAndSet(IDLE);
    long from = wakeFrom.get();
    if (from != IDLE) {
      fenced(() -> live.hasten(from, urgent));
    }
  }

  /** Writes what is due to those who follow the end of the log. */
  void deliver() {
    long from = wakeFrom.getAndSet(IDLE);
    if (from != IDLE) {
      deliver(from);
    }
  }

  /** Goes on to the end of the log even if nobody wants what is there: its place is known then. */
  void advance() {
    wakeFrom.set(IDLE);
    deliver(0);
  }

  private void deliver(long from) {
    fenced(() -> live.deliver(from));
    if (replay.isPresent() && followers.stream().anyMatch(s -> s.state() == State.LIVE)) {
      progress(live.seen());
    }
  }

  private void fenced(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException fault) {
      // Who was given what of this turn is unknown: they come back, and their cursors know.
      shard.fenced(fault);
      live().forEach(subscriber -> shard.close(subscriber, CloseReason.FAULT));
    }
  }

  /** These entries were written to live followers. What is replayed is late on purpose. */
  void left(List<Read.Entry> entries, long given) {
    if (replay.isEmpty()) {
      shard.departures().note(entries, given);
    }
  }

  /** A follower has read everything before this place. */
  void progress(long seq) {
    replay.ifPresent(past -> past.progress(seq));
  }

  private List<Subscriber> live() {
    return followers.stream().filter(s -> s.state() == State.LIVE).toList();
  }

  /**
   * The log no longer has what came before this place: live ones who were not there yet go back.
   */
  void starved(long place) {
    live().stream()
        .filter(s -> s.position() < place)
        .forEach(s -> shard.fence(s, () -> shard.resumption().resume(s, reached(s))));
  }

  /** Every event before it that a live follower wants was written. */
  long seen() {
    return live.seen();
  }

  /** Whether a live follower stands where this lane does, so that it need not know by itself. */
  boolean knows(Subscriber subscriber) {
    return subscriber.position() <= live.seen();
  }

  /** Everything before it was given to this live follower. */
  Positions reached(Subscriber subscriber) {
    return knows(subscriber) ? live.seenAt().max(subscriber.ahead()) : subscriber.reached();
  }

  /** Where those go on who read all of this log; empty while more may come. */
  Optional<Positions> end() {
    return replay.flatMap(Replay::end);
  }

  /** The log has got its last event. Replay thread. */
  void finish() {
    shard.run(this::handOver);
  }

  private void handOver() {
    advance();
    end()
        .ifPresent(
            end ->
                live()
                    .forEach(
                        s ->
                            shard.fence(
                                s, () -> shard.resumption().resume(s, reached(s).max(end)))));
    // The stalled ones must not keep the log in memory for as long as they stall.
    List.copyOf(followers).stream()
        .filter(s -> s.state() == State.STALLED)
        .forEach(shard.resumption()::park);
    shard.resumption().forget(this);
  }
}
