package io.millrace.tail;

import io.millrace.event.Cursor;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The recent past of a topic in the order this replica read it, shared by all subscribers and
 * bounded by bytes and by age. The poll thread appends; event loops read, without locks: each read
 * works on one immutable list of segments.
 *
 * <p>A place in the tail is a sequence number. It counts what this replica read since it started,
 * means nothing elsewhere, and is never reused.
 */
public final class TailLog {

  /** A segment is closed early when it holds this part of the byte limit. */
  private static final int MAX_SEGMENT_SHARE = 16;

  private final long maxBytes;
  private final Duration maxAge;
  private final InstantSource clock;

  private volatile View view = new View("", 0, List.of());

  /** Poll thread only: positions after the last event. */
  private long[] next = {};

  /** Written by the poll thread. */
  private volatile long bytes;

  /**
   * @param maxBytes most bytes of events to hold, at least one segment's
   * @param maxAge how long to hold an event after its arrival
   */
  public TailLog(long maxBytes, Duration maxAge, InstantSource clock) {
    this.maxBytes = maxBytes;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /**
   * Begins at these positions of a topic, forgetting what was there. Poll thread.
   *
   * <p>Sequence numbers skip one, so that no place from before can be read on from.
   */
  public void start(String epoch, Positions positions) {
    long base = view.segments().isEmpty() ? 0 : view.last().end() + 1;
    next = positions.copy(positions.size());
    bytes = 0;
    view = new View(epoch, base, List.of(new Segment(base, positions, clock.instant())));
  }

  /** Adds the next record. Poll thread. */
  public void append(Event event) {
    Segment active = view.last();
    if (active.isFull() || active.bytes() >= maxBytes / MAX_SEGMENT_SHARE) {
      active = roll();
    }
    if (event.partition() >= next.length) {
      next = Arrays.copyOf(next, event.partition() + 1);
    }
    next[event.partition()] = event.offset() + 1;
    active.append(event, clock.instant());
    bytes += event.sizeInBytes();
    evict();
  }

  /**
   * Drops what is over the limits. Poll thread, between polls too, so that age counts in silence.
   */
  public void evict() {
    View now = view;
    if (now.segments().isEmpty()) {
      return;
    }
    if (now.last().end() > now.last().base() && isTooOld(now.last())) {
      roll();
      now = view;
    }
    int drop = 0;
    long kept = bytes;
    while (drop < now.segments().size() - 1
        && (kept > maxBytes || isTooOld(now.segments().get(drop)))) {
      kept -= now.segments().get(drop++).bytes();
    }
    if (drop > 0) {
      bytes = kept;
      List<Segment> rest = now.segments().subList(drop, now.segments().size());
      view = new View(now.epoch(), now.begin(), List.copyOf(rest));
    }
  }

  private boolean isTooOld(Segment segment) {
    return segment.lastArrival().isBefore(clock.instant().minus(maxAge));
  }

  private Segment roll() {
    View now = view;
    now.last().seal();
    Segment fresh = new Segment(now.last().end(), Positions.of(next), clock.instant());
    List<Segment> segments = new ArrayList<>(now.segments());
    segments.add(fresh);
    view = new View(now.epoch(), now.begin(), List.copyOf(segments));
    return fresh;
  }

  /** Whether {@link #start} was called: before that there is nothing to attach to. */
  public boolean isStarted() {
    return !view.segments().isEmpty();
  }

  /** Short hash that names the topic in cursors. */
  public String epoch() {
    return view.epoch();
  }

  /**
   * The first place since it was last started: what lies between it and earlier ones is unknown.
   */
  public long begin() {
    return view.begin();
  }

  /** Sequence number the next event will have. */
  public long end() {
    return view.last().end();
  }

  /** Sequence number of the oldest event held. */
  public long first() {
    return view.segments().get(0).base();
  }

  public long bytes() {
    return bytes;
  }

  /** How far back in time it reaches, by the time stamps of records; zero when it is empty. */
  public Duration age() {
    long oldest =
        view.segments().stream()
            .mapToLong(Segment::oldestMillis)
            .filter(t -> t > 0)
            .findFirst()
            .orElse(0);
    return oldest == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, clock.millis() - oldest));
  }

  /** Bytes of events from this place on, give or take a segment. */
  public long bytesFrom(long seq) {
    View now = view;
    return now.segments().stream()
        .filter(segment -> segment.end() > seq)
        .mapToLong(Segment::bytes)
        .sum();
  }

  /**
   * A place and what it means to other replicas.
   *
   * @param seq sequence number of the next event
   * @param reached positions before it
   */
  public record Place(long seq, Positions reached) {}

  /** The end of the log: both values are of the same moment. */
  public Place endPlace() {
    Segment last = view.last();
    long end = last.end();
    return new Place(end, last.positionsAt(end));
  }

  /** Positions before the event with this sequence number; the tail's own if it is gone. */
  public Positions positionsAt(long seq) {
    View now = view;
    long held = Math.max(seq, now.segments().get(0).base());
    Segment segment = now.segments().get(now.indexOf(held));
    return segment.positionsAt(Math.min(held, segment.end()));
  }

  /** The text of a cursor to these positions of this topic. */
  public String id(Positions positions) {
    return Cursor.prefix(view.epoch()) + Cursor.encode(positions);
  }

  /**
   * From where to read so that no event at or past these positions is missed; events before them
   * may come too. Empty when the tail no longer reaches back that far.
   */
  public OptionalLong resume(Positions positions) {
    View now = view;
    Segment last = now.last();
    long end = last.end();
    if (positions.covers(last.positionsAt(end))) {
      return OptionalLong.of(end);
    }
    for (int i = now.segments().size() - 1; i >= 0; i--) {
      if (positions.covers(now.segments().get(i).start())) {
        return OptionalLong.of(now.segments().get(i).base());
      }
    }
    return OptionalLong.empty();
  }

  /**
   * The events from a place on that have one of the routes.
   *
   * @param maxEvents most events to return
   * @param maxBytes stop after the event that reaches this many bytes
   */
  public Read read(long from, Set<Route> routes, int maxEvents, long maxBytes) {
    View now = view;
    if (from < now.segments().get(0).base()) {
      return Read.Evicted.INSTANCE;
    }
    List<Read.Entry> entries = new ArrayList<>();
    long left = maxBytes;
    long at = from;
    for (int s = now.indexOf(from); s < now.segments().size(); s++) {
      Segment segment = now.segments().get(s);
      long end = segment.end();
      for (Read.Entry entry : segment.entries(routes, at, end)) {
        entries.add(entry);
        left -= entry.event().deliveryBytes();
        if (entries.size() == maxEvents || left <= 0) {
          return slice(now, segment, entries, entry.seq() + 1);
        }
      }
      at = end;
    }
    return slice(now, now.last(), entries, at);
  }

  private static Read slice(View now, Segment last, List<Read.Entry> entries, long next) {
    return new Read.Slice(now.epoch(), entries, next, last.positionsAt(next));
  }
}
