package io.millrace.tail;

import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the tail, as Kafka's own logs have them: filled by the poll thread, then sealed,
 * dropped as a whole. Read by any thread: an event is visible once {@link #size} counts it.
 */
final class Segment {

  /**
   * Few enough that finding the positions of one event means stepping over a hundred at most, many
   * enough that the list of segments stays short.
   */
  static final int MAX_EVENTS = 128;

  /** Subscribers with more routes than this are matched event by event, not route by route. */
  private static final int MAX_INDEXED_ROUTES = 32;

  private final long base;
  private final Positions start;
  private final Event[] events = new Event[MAX_EVENTS];
  private volatile int size;
  private volatile @Nullable Map<Route, byte[]> index;

  /** Written by the poll thread. */
  private volatile long bytes;

  /** Poll thread only. */
  private Instant lastArrival;

  Segment(long base, Positions start, Instant now) {
    this.base = base;
    this.start = start;
    this.lastArrival = now;
  }

  long base() {
    return base;
  }

  /** Positions before the first event of this segment. */
  Positions start() {
    return start;
  }

  long end() {
    return base + size;
  }

  long bytes() {
    return bytes;
  }

  Instant lastArrival() {
    return lastArrival;
  }

  /** Time stamp of the oldest event that has one, in epoch milliseconds; 0 when none has. */
  long oldestMillis() {
    int visible = size;
    for (int i = 0; i < visible; i++) {
      if (events[i].timestampMillis() > 0) {
        return events[i].timestampMillis();
      }
    }
    return 0;
  }

  boolean isFull() {
    return size == MAX_EVENTS;
  }

  void append(Event event, Instant now) {
    events[size] = event;
    bytes += event.sizeInBytes();
    lastArrival = now;
    size++;
  }

  /** Nothing will be appended any more: index it, so that catching up costs what it delivers. */
  void seal() {
    Map<Route, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < size; i++) {
      for (Route route : events[i].routes()) {
        places.computeIfAbsent(route, r -> new ArrayList<>(1)).add(i);
      }
    }
    Map<Route, byte[]> compact = new HashMap<>(places.size() * 4 / 3 + 1);
    places.forEach((route, at) -> compact.put(route, bytes(at)));
    index = compact;
  }

  /** {@link #MAX_EVENTS} fits a byte. */
  private static byte[] bytes(List<Integer> places) {
    byte[] bytes = new byte[places.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = places.get(i).byteValue();
    }
    return bytes;
  }

  /** The events with sequence numbers in {@code [from, to)} that have such a route, in order. */
  Iterable<Read.Entry> entries(Set<Route> routes, long from, long to) {
    BitSet matches = matches(routes, (int) (from - base));
    matches.clear((int) (to - base), MAX_EVENTS);
    return () -> new Entries(matches);
  }

  /** Steps from match to match, taking the positions along. */
  private final class Entries implements Iterator<Read.Entry> {
    private final BitSet matches;
    private long[] positions = start.copy(0);
    private int at;
    private int match;

    Entries(BitSet matches) {
      this.matches = matches;
      this.match = matches.nextSetBit(0);
    }

    @Override
    public boolean hasNext() {
      return match >= 0;
    }

    @Override
    public Read.Entry next() {
      positions = advance(positions, at, match + 1);
      at = match + 1;
      match = matches.nextSetBit(at);
      return new Read.Entry(base + at - 1, events[at - 1], Positions.of(positions));
    }
  }

  private BitSet matches(Set<Route> routes, int from) {
    Map<Route, byte[]> sealed = index;
    BitSet matches =
        sealed != null && routes.size() <= MAX_INDEXED_ROUTES
            ? indexed(sealed, routes)
            : scanned(routes, from);
    matches.clear(0, from);
    return matches;
  }

  private static BitSet indexed(Map<Route, byte[]> index, Set<Route> routes) {
    BitSet matches = new BitSet(MAX_EVENTS);
    for (Route route : routes) {
      byte[] places = index.get(route);
      if (places != null) {
        for (byte place : places) {
          matches.set(place);
        }
      }
    }
    return matches;
  }

  private BitSet scanned(Set<Route> routes, int from) {
    BitSet matches = new BitSet(MAX_EVENTS);
    int visible = size;
    for (int i = from; i < visible; i++) {
      for (Route route : events[i].routes()) {
        if (routes.contains(route)) {
          matches.set(i);
          break;
        }
      }
    }
    return matches;
  }

  /** Positions once the events before this sequence number are read. */
  Positions positionsAt(long seq) {
    return Positions.of(advance(start.copy(0), 0, (int) (seq - base)));
  }

  /** Moves positions, which stand before event {@code from}, past the events before {@code to}. */
  private long[] advance(long[] positions, int from, int to) {
    long[] moved = positions;
    for (int i = from; i < to; i++) {
      Event event = events[i];
      if (event.partition() >= moved.length) {
        moved = Arrays.copyOf(moved, event.partition() + 1);
      }
      moved[event.partition()] = event.offset() + 1;
    }
    return moved;
  }
}
