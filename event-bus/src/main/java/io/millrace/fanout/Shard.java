package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.event.Positions;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The subscribers of one event loop: who they are, their turns and their ends. Plain collections,
 * no locks: everything but the figures happens on its event loop.
 */
public final class Shard {

  private final Set<Subscriber> subscribers = new LinkedHashSet<>();

  private final Executor loop;
  private final TailLog tail;
  private final ShardSettings settings;
  private final Meters meters;
  private final FrameWriter writer;
  private final TailLanes live;
  private final Resumption resumption;
  private final Endings endings;
  private final Departures departures;

  private volatile int size;
  private volatile Instant lastTick;

  /** How many are in each state, by its ordinal, as of the last tick. */
  private volatile int[] inState = new int[State.values().length];

  Shard(
      Executor loop,
      TailLog tail,
      Interest interest,
      ReplaySource past,
      ShardSettings settings,
      Meters meters) {
    this.loop = loop;
    this.tail = tail;
    this.settings = settings;
    this.meters = meters;
    this.departures = new Departures(settings, meters);
    this.writer = new FrameWriter(meters, settings.clock());
    this.live = new TailLanes(this, tail, interest, writer);
    this.resumption = new Resumption(this, tail, live, past, writer, meters);
    this.endings = new Endings(this, tail, writer, meters);
    this.lastTick = settings.clock().instant();
  }

  Resumption resumption() {
    return resumption;
  }

  Departures departures() {
    return departures;
  }

  ShardSettings settings() {
    return settings;
  }

  /** On this shard's event loop, later. Any thread. */
  void run(Runnable task) {
    loop.execute(task);
  }

  /** The same, after a while. Any thread. */
  void runAfter(Runnable task, Duration delay) {
    settings.timer().after(loop, task, delay);
  }

  /** Takes in a subscriber. Nothing is written before this turn of the event loop is over. */
  public void attach(Subscriber subscriber, ResumePoint point) {
    subscribers.add(subscriber);
    size = subscribers.size();
    subscriber.stream().onDrain(() -> resumption.drained(subscriber));
    meters.streamOpened();
    fence(subscriber, () -> resumption.start(subscriber, point));
  }

  /** Resets everyone: the topic is another one. Any thread. */
  void resetAll(ResetReason reason) {
    loop.execute(live::advance);
    forEach(subscriber -> resumption.reset(subscriber, reason));
  }

  /** A turn for everyone, on this event loop. Any thread. */
  void forEach(Consumer<Subscriber> turn) {
    loop.execute(() -> List.copyOf(subscribers).forEach(s -> fence(s, () -> turn.accept(s))));
  }

  /** The tail skipped something. Any thread. */
  void lookAgain() {
    loop.execute(live::advance);
  }

  /**
   * The log ends here. A cursor beyond that was not made by this topic as it is now: without this
   * check its holder would wait in silence for offsets to come.
   */
  public void confirm(Subscriber subscriber, Positions logEnd) {
    if (!logEnd.covers(subscriber.ahead())) {
      fence(subscriber, () -> resumption.reset(subscriber, ResetReason.TRUNCATED));
    }
  }

  /** Heartbeats, checkpoints, leases and the sign of life of this loop; called by its one timer. */
  public void tick() {
    Instant now = settings.clock().instant();
    lastTick = now;
    if (tail.isStarted()) {
      live.advance();
    }
    try (Pulse pulse = new Pulse(tail, writer, settings, meters)) {
      for (Subscriber subscriber : List.copyOf(subscribers)) {
        fence(subscriber, () -> tick(subscriber, now, pulse));
      }
    }
    int[] counts = new int[State.values().length];
    subscribers.forEach(subscriber -> counts[subscriber.state().ordinal()]++);
    inState = counts;
  }

  private void tick(Subscriber subscriber, Instant now, Pulse pulse) {
    subscriber.settle();
    Optional<CloseReason> over = subscriber.over(now.toEpochMilli());
    if (over.isPresent()) {
      close(subscriber, over.get());
    } else {
      pulse.beat(subscriber);
    }
  }

  /** A fault in one subscriber's turn ends that subscriber, never the event loop. */
  void fence(Subscriber subscriber, Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException fault) {
      fenced(fault);
      close(subscriber, CloseReason.FAULT);
    }
  }

  void fenced(RuntimeException fault) {
    EventBusLog.LOG.fenced("delivery", fault);
    meters.fenced("delivery");
  }

  /** The connection is gone. */
  public void detach(Subscriber subscriber) {
    close(subscriber, CloseReason.CLIENT_GONE);
  }

  /** Ends this many streams, the oldest first. */
  public void closeOldest(int count, CloseReason reason) {
    subscribers.stream().limit(count).toList().forEach(s -> fence(s, () -> close(s, reason)));
  }

  /** Ends a stream; a second time does nothing. */
  public void close(Subscriber subscriber, CloseReason reason) {
    endings.close(subscriber, reason);
  }

  /** The run that a subscriber followed has ended, and it was given all before this place. */
  void finish(Subscriber subscriber, Positions reached) {
    endings.finish(subscriber, reached);
  }

  /** It has ended: nothing is looked up or written for it any more. */
  void forget(Subscriber subscriber) {
    subscribers.remove(subscriber);
    size = subscribers.size();
    resumption.leave(subscriber);
  }

  /** Everything before these positions was given to this subscriber. */
  Positions reached(Subscriber subscriber) {
    if (subscriber.state() == State.LIVE) {
      subscriber.lane().deliver();
    }
    // Asked again: its socket may have taken no more in the middle of what was due.
    return subscriber.state() == State.LIVE
        ? subscriber.lane().reached(subscriber)
        : subscriber.reached();
  }

  /** Number of subscribers. Any thread. */
  public int size() {
    return size;
  }

  /** Number of subscribers in this state when its timer last ran. Any thread. */
  int size(State state) {
    return inState[state.ordinal()];
  }

  /** When its timer last ran. Any thread. */
  public Instant lastTick() {
    return lastTick;
  }
}
