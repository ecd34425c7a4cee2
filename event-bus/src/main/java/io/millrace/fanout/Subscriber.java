package io.millrace.fanout;

import io.millrace.connection.EventStream;
import io.millrace.connection.FrameBuffer;
import io.millrace.connection.Lease;
import io.millrace.control.Credential;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.tail.Read;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A listener: the routes it wants, the stream it hears through, and where it stands. It belongs to
 * one {@link Shard} and is touched on that shard's event loop only.
 *
 * <p>It holds no events. Its place only moves forward, and an event is written only at or past it:
 * that is why nothing is lost or repeated where catching up ends and live delivery begins.
 */
public final class Subscriber {

  enum State {
    /** Given every event as it arrives. */
    LIVE,
    /** In line for its next turn of reading the tail. */
    CATCHING_UP,
    /** Waiting for its socket to take more. */
    STALLED,
    CLOSED
  }

  private final Set<Route> routes;
  private final EventStream stream;
  private final Lease lease;
  private final Credential credential;

  private State state = State.LIVE;
  private long position;

  /**
   * Positions its cursor had reached and this replica has not: another replica read its partitions
   * in another order. Until they are reached, events before them are left out, and ids carry the
   * maximum of the two.
   */
  private Positions ahead = Positions.NONE;

  private long lastWriteMillis;

  /** Scratch of a delivery turn: which entries of the current slice are for this subscriber. */
  private long given;

  /** Scratch of a delivery turn: whether something was written and not flushed. */
  private boolean unflushed;

  /**
   * @param routes what it wants
   * @param stream where its frames go
   * @param lease what ends it
   * @param credential what a revocation would match
   * @param opened when its first bytes were written
   */
  public Subscriber(
      Set<Route> routes, EventStream stream, Lease lease, Credential credential, Instant opened) {
    this.routes = Set.copyOf(routes);
    this.stream = stream;
    this.lease = lease;
    this.credential = credential;
    this.lastWriteMillis = opened.toEpochMilli();
  }

  Set<Route> routes() {
    return routes;
  }

  EventStream stream() {
    return stream;
  }

  Lease lease() {
    return lease;
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

  /** Sequence number of the next event to consider. */
  long position() {
    return position;
  }

  void moveTo(long seq) {
    position = Math.max(position, seq);
  }

  Positions ahead() {
    return ahead;
  }

  /** Stands at a place of this replica, with a cursor that may be ahead of it. */
  void startAt(long seq, Positions cursor) {
    position = seq;
    ahead = cursor;
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

  boolean isSilentSince(long millis) {
    return lastWriteMillis <= millis;
  }
}
