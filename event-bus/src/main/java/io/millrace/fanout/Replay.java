package io.millrace.fanout;

import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.tail.TailLog;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the past on its way to those who wait for it. To its riders it is what the tail is
 * to the live ones: a bounded log they follow, each from its own place. One replay thread writes
 * it, no faster than its fastest rider reads, so a slow one costs nothing: it falls off the end and
 * waits for the next.
 */
public final class Replay {

  private final TailLog log;
  private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger riders = new AtomicInteger();
  private final AtomicLong furthest = new AtomicLong();
  private volatile @Nullable Positions end;

  /**
   * @param log started where the oldest rider stands
   */
  public Replay(TailLog log) {
    this.log = log;
  }

  TailLog log() {
    return log;
  }

  /** Number of subscribers who still follow it. Any thread. */
  public int riders() {
    return riders.get();
  }

  void boarded() {
    riders.incrementAndGet();
  }

  void left() {
    riders.decrementAndGet();
  }

  void join(Lane lane) {
    lanes.add(lane);
  }

  /** A rider has read everything before this place. */
  void progress(long seq) {
    furthest.accumulateAndGet(seq, Math::max);
  }

  /** Place of the fastest rider. Any thread. */
  public long furthest() {
    return furthest.get();
  }

  /** Bytes of events that no rider has read. Replay thread. */
  public long unreadBytes() {
    long read = furthest.get();
    return read >= log.end() ? 0 : log.bytesFrom(read);
  }

  /** Adds an event that a rider wants. Replay thread. */
  public void append(Event event) {
    log.append(event);
  }

  /** Tells the riders of what was appended since. Replay thread. */
  public void publish() {
    lanes.forEach(lane -> lane.wake(0, false));
  }

  /**
   * Nothing will be appended any more: riders go on from here, to the tail or to the next replay.
   *
   * @param lookedAt everything before these positions was looked at
   */
  public void finish(Positions lookedAt) {
    end = lookedAt;
    lanes.forEach(Lane::finish);
  }

  /** Where it ended; empty while it goes on. Any thread. */
  Optional<Positions> end() {
    return Optional.ofNullable(end);
  }
}
