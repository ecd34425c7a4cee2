package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.connection.FrameBuffer;
import io.millrace.event.Positions;
import io.millrace.fanout.Subscriber.State;
import io.millrace.sse.Frame;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The subscribers of one event loop: who they are, what they want, and the turn that writes new
 * events to them. Plain collections, no locks: everything but {@link #wake} and the figures happens
 * on its event loop.
 */
public final class Shard {

  /** No delivery is due. */
  private static final long IDLE = Long.MAX_VALUE;

  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private final AtomicLong wakeFrom = new AtomicLong(IDLE);
  private final Executor loop;
  private final TailLog tail;
  private final ShardSettings settings;
  private final Meters meters;
  private final FrameWriter writer;
  private final RouteIndex index;
  private final LiveDelivery live;
  private final CatchUp catchUp;
  private final Endings endings;

  private volatile int size;
  private volatile Instant lastTick;

  Shard(Executor loop, TailLog tail, Interest interest, ShardSettings settings, Meters meters) {
    this.loop = loop;
    this.tail = tail;
    this.settings = settings;
    this.meters = meters;
    this.writer = new FrameWriter(meters, settings.clock());
    this.index = new RouteIndex(interest, this);
    this.live = new LiveDelivery(tail, this, index, writer, settings.bytesPerTurn());
    this.catchUp = new CatchUp(loop, tail, this, writer, settings.bytesPerTurn());
    this.endings = new Endings(this, tail, writer, meters);
    this.lastTick = settings.clock().instant();
  }

  /** Takes in a subscriber. Nothing is written before this turn of the event loop is over. */
  public void attach(Subscriber subscriber, ResumePoint point) {
    subscribers.add(subscriber);
    size = subscribers.size();
    index.add(subscriber);
    // The poll thread appends, then asks who is interested; here it is the other way round. With a
    // full fence on both sides one of the two sees the other, so no event falls between.
    VarHandle.fullFence();
    subscriber.stream().onDrain(() -> drained(subscriber));
    meters.streamOpened();
    fence(subscriber, () -> start(subscriber, point));
  }

  private void start(Subscriber subscriber, ResumePoint point) {
    if (point instanceof ResumePoint.After after) {
      OptionalLong seq = tail.resume(after.cursor());
      if (seq.isPresent()) {
        subscriber.startAt(seq.getAsLong(), after.cursor());
        catchUp.add(subscriber);
      } else {
        resetSoon(subscriber, ResetReason.EXPIRED);
      }
    } else if (point instanceof ResumePoint.Reset reset) {
      resetSoon(subscriber, reset.reason());
    } else {
      subscriber.startAt(tail.end(), Positions.NONE);
    }
  }

  private void resetSoon(Subscriber subscriber, ResetReason reason) {
    subscriber.startAt(tail.end(), Positions.NONE);
    loop.execute(() -> fence(subscriber, () -> reset(subscriber, reason)));
  }

  /** The connection is gone. */
  public void detach(Subscriber subscriber) {
    close(subscriber, CloseReason.CLIENT_GONE);
  }

  /**
   * Events from this place on are there to be written. Any thread; costs a task only when none is
   * due.
   */
  void wake(long from) {
    if (wakeFrom.compareAndSet(IDLE, from)) {
      loop.execute(this::deliver);
    }
  }

  private void deliver() {
    long from = wakeFrom.getAndSet(IDLE);
    if (from == IDLE) {
      return;
    }
    try {
      live.deliver(from);
    } catch (RuntimeException fault) {
      // Who was given what of this turn is unknown: they come back, and their cursors know.
      fenced(fault);
      List.copyOf(subscribers).stream()
          .filter(subscriber -> subscriber.state() == State.LIVE)
          .forEach(subscriber -> close(subscriber, CloseReason.FAULT));
    }
  }

  /** This loop did not run for as long as the tail reaches back: the live ones missed events. */
  void starved(long from) {
    for (Subscriber subscriber : List.copyOf(subscribers)) {
      if (subscriber.state() == State.LIVE) {
        subscriber.moveTo(from);
        catchUp.add(subscriber);
      }
    }
  }

  private void drained(Subscriber subscriber) {
    if (subscriber.state() == State.STALLED) {
      catchUp.add(subscriber);
    }
  }

  /** Tells the subscriber that continuity can't be proven, and goes on live from here. */
  void reset(Subscriber subscriber, ResetReason reason) {
    if (subscriber.state() == State.CLOSED) {
      return;
    }
    subscriber.startAt(tail.end(), Positions.NONE);
    subscriber.become(State.LIVE);
    meters.reset(reason.text());
    String id = tail.id(tail.positionsAt(subscriber.position()));
    writer.write(subscriber, Frame.reset(id, reason, settings.topic()));
    live.flush(subscriber, subscriber.position());
  }

  /** A turn for everyone, on this event loop. Any thread. */
  void forEach(Consumer<Subscriber> turn) {
    loop.execute(() -> List.copyOf(subscribers).forEach(s -> fence(s, () -> turn.accept(s))));
  }

  /**
   * The log ends here. A cursor beyond that was not made by this topic as it is now: without this
   * check its holder would wait in silence for offsets to come.
   */
  public void confirm(Subscriber subscriber, Positions logEnd) {
    if (!logEnd.covers(subscriber.ahead())) {
      fence(subscriber, () -> reset(subscriber, ResetReason.TRUNCATED));
    }
  }

  /** Heartbeats, leases and the sign of life of this loop; called by its one timer. */
  public void tick() {
    Instant now = settings.clock().instant();
    lastTick = now;
    long silentSince = now.minus(settings.heartbeat()).toEpochMilli();
    FrameBuffer heartbeat = writer.encode(Frame.heartbeat(now));
    try {
      for (Subscriber subscriber : List.copyOf(subscribers)) {
        fence(subscriber, () -> tick(subscriber, now, silentSince, heartbeat));
      }
    } finally {
      heartbeat.release();
    }
  }

  private void tick(Subscriber subscriber, Instant now, long silentSince, FrameBuffer heartbeat) {
    if (subscriber.lease().isOver(now)) {
      close(subscriber, subscriber.lease().reason());
    } else if (subscriber.isSilentSince(silentSince) && subscriber.stream().isWritable()) {
      writer.write(subscriber, heartbeat);
      subscriber.flush();
      meters.heartbeat();
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

  private void fenced(RuntimeException fault) {
    EventBusLog.LOG.fenced("delivery", fault);
    meters.fenced("delivery");
  }

  /** Ends a stream; a second time does nothing. */
  void close(Subscriber subscriber, CloseReason reason) {
    endings.close(subscriber, reason);
  }

  /** It has ended: nothing is looked up or written for it any more. */
  void forget(Subscriber subscriber) {
    subscribers.remove(subscriber);
    size = subscribers.size();
    index.remove(subscriber);
  }

  /** Up to where this subscriber was given everything; empty once that has left the tail. */
  Optional<Positions> reached(Subscriber subscriber) {
    deliver();
    boolean live = subscriber.state() == State.LIVE;
    long seq = live ? Math.max(this.live.seen(), subscriber.position()) : subscriber.position();
    return live || seq >= tail.first()
        ? Optional.of(tail.positionsAt(seq).max(subscriber.ahead()))
        : Optional.empty();
  }

  /** Number of subscribers. Any thread. */
  public int size() {
    return size;
  }

  /** When its timer last ran. Any thread. */
  public Instant lastTick() {
    return lastTick;
  }
}
