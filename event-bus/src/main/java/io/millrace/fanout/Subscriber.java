package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.connection.EventStream;
import io.millrace.connection.FrameBuffer;
import io.millrace.connection.Lease;
import io.millrace.control.Credential;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listener: the routes it wants, the stream it hears through, and where it stands. It belongs to
 * one {@link Shard} and is touched on that shard's event loop only.
 *
 * <p>It holds no events. Its place only moves forward, and an event is written only at or past it:
 * that is why nothing is lost or repeated where catching up ends and live delivery begins.
 */
public final class Subscriber {

  private final Subscription subscription;
  private final EventStream stream;
  private final Lease lease;
  private final Credential credential;

  private State state = State.LIVE;
  private @Nullable Lane lane;
  private long position;

  /**
   * Everything before it was given, whatever log it stands in. Of a live one the lane knows: it is
   * not kept for each.
   */
  private Positions reached = Positions.NONE;

  /**
   * Positions its cursor had reached and this replica has not: another replica read its partitions
   * in another order. Until they are reached, events before them are left out, and ids carry the
   * maximum of the two.
   */
  private Positions ahead = Positions.NONE;

  private long lastWriteMillis;
  private long lastEventMillis;

  /** When its socket was last seen to take more. */
  private long lastRoomMillis;

  /** Scratch of a delivery turn: which entries of the current slice are for this subscriber. */
  private long given;

  /** Whether its client was given an id, or came with one. */
  private boolean hasCursor;

  /** Scratch of a delivery turn: whether something was written and not flushed. */
  private boolean unflushed;

  /** Whose first bytes were written at this time, by the right of this credential. */
  public Subscriber(
      Subscription subscription,
      EventStream stream,
      Lease lease,
      Credential credential,
      Instant opened) {
    this.subscription = subscription;
    this.stream = stream;
    this.lease = lease;
    this.credential = credential;
    this.lastWriteMillis = opened.toEpochMilli();
    this.lastEventMillis = lastWriteMillis;
    this.lastRoomMillis = lastWriteMillis;
  }

  Subscription subscription() {
    return subscription;
  }

  Set<Route> routes() {
    return subscription.routes();
  }

  EventStream stream() {
    return stream;
  }

  Credential credential() {
    return credential;
  }

  State state() {
    return state;
  }

  /**
   * {@link State#CLOSED} is final: a write may find the connection gone in the middle of a turn.
   */
  void become(State next) {
    if (state != State.CLOSED) {
      state = next;
    }
  }

  /** The log it follows and those who follow it too; only while it has one. */
  Lane lane() {
    return Objects.requireNonNull(lane);
  }

  boolean hasLane() {
    return lane != null;
  }

  void follow(Lane next) {
    lane = next;
  }

  /** Leaves its lane, if it has one. */
  void leave() {
    if (lane != null) {
      lane.remove(this);
      lane = null;
    }
  }

  /** Sequence number, in its log, of the next event to consider. */
  long position() {
    return position;
  }

  /** Everything before this place of its log was given. */
  void moveTo(long seq, Positions at) {
    position = seq;
    reached = at.max(ahead);
  }

  Positions reached() {
    return reached;
  }

  /** What its lane knows need not be kept with it. */
  void settle() {
    if (state == State.LIVE && lane().knows(this)) {
      reached = Positions.NONE;
    }
  }

  /** Everything before this place of its log was given or looked at, while live. */
  void passTo(long seq) {
    position = seq;
    hasCursor = true;
  }

  boolean hasCursor() {
    return hasCursor;
  }

  Positions ahead() {
    return ahead;
  }

  /** Stands at a place of its log, with a cursor that may be ahead of it. */
  void startAt(long seq, Positions cursor) {
    position = seq;
    ahead = cursor;
    reached = cursor;
    hasCursor = true;
  }

  /** Stands at a place of its log, without a cursor: it wants nothing from before. */
  void startAt(TailLog.Place place) {
    position = place.seq();
    ahead = Positions.NONE;
    reached = place.reached();
  }

  boolean isAhead() {
    return ahead.size() > 0;
  }

  /**
   * While ahead: the cursor to give with this event, or nothing when it was received before. Leaves
   * that state when this replica has caught up.
   */
  Optional<Positions> take(Read.Entry entry) {
    Positions reached = ahead;
    if (entry.after().covers(reached)) {
      ahead = Positions.NONE;
    }
    return reached.isPast(entry.event().partition(), entry.event().offset())
        ? Optional.empty()
        : Optional.of(entry.after().max(reached));
  }

  /** Notes an entry of the current slice; true for the first. */
  boolean give(int entry) {
    boolean first = given == 0;
    given |= 1L << entry;
    return first;
  }

  /** The entries noted, forgetting them. */
  long takeGiven() {
    long taken = given;
    given = 0;
    return taken;
  }

  void write(FrameBuffer frames, long nowMillis) {
    noteRoom(nowMillis);
    stream.write(frames);
    lastWriteMillis = nowMillis;
    unflushed = true;
  }

  /** Sends what was written, if anything was. */
  void flush() {
    if (unflushed) {
      unflushed = false;
      stream.flush();
    }
  }

  /** What was just written is events, not the server's own word. */
  void heardEvents() {
    lastEventMillis = lastWriteMillis;
  }

  /** What ends it by now, if anything. To be asked regularly: it also looks at the socket. */
  Optional<CloseReason> over(long nowMillis) {
    noteRoom(nowMillis);
    return lease.over(nowMillis, lastEventMillis, lastRoomMillis);
  }

  /** Before each write too: a socket that is always full and always drained is not stalled. */
  private void noteRoom(long nowMillis) {
    if (stream.isWritable()) {
      lastRoomMillis = nowMillis;
    }
  }

  boolean isSilentSince(long millis) {
    return lastWriteMillis <= millis;
  }
}
