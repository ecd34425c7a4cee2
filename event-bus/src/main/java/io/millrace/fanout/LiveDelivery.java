package io.millrace.fanout;

import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The turn that writes new events to those who follow the end of a log: each event is looked up by
 * its routes, encoded once, and leaves with one system call per connection and turn. Its event loop
 * only.
 */
final class LiveDelivery {

  private static final Set<Subscriber> EVERYBODY = Set.of();

  private final TailLog log;
  private final Lane lane;
  private final RouteIndex index;
  private final FrameWriter writer;
  private final long bytesPerSlice;

  private long seen = -1;
  private Positions seenAt = Positions.NONE;

  /** Scratch of a slice: which of its entries anybody is given. */
  private long anybody;

  LiveDelivery(TailLog log, Lane lane, RouteIndex index, FrameWriter writer, long bytesPerSlice) {
    this.log = log;
    this.lane = lane;
    this.index = index;
    this.writer = writer;
    this.bytesPerSlice = bytesPerSlice;
  }

  /** Every event before it that a live follower wants was written. */
  long seen() {
    return seen;
  }

  /** Positions before {@link #seen}. */
  Positions seenAt() {
    return seenAt;
  }

  /**
   * Writes what came since; nobody here wants anything between {@link #seen} and {@code wanted}.
   */
  void deliver(long wanted) {
    long begin = log.begin();
    if (seen < begin) {
      // An event from after the gap would carry an id past it before anybody was told.
      lane.starved(begin);
    }
    long from = Math.max(begin, Math.max(wanted, seen));
    long end = log.end();
    List<Subscriber> unflushed = new ArrayList<>();
    do {
      Read read = log.read(from, index.routes(), SliceFrames.MAX_EVENTS, bytesPerSlice);
      if (read instanceof Read.Slice slice) {
        write(
            slice,
            given(slice, EVERYBODY),
            slice.next() < end ? Optional.of(unflushed) : Optional.empty());
        from = slice.next();
        seen = from;
        seenAt = slice.reached();
      } else {
        lane.starved(log.first());
        from = log.first();
      }
    } while (from < end);
    unflushed.forEach(subscriber -> fence(subscriber, () -> flush(subscriber, seen, seenAt)));
    writer.report();
  }

  /**
   * Writes what waits to those for whom something came that is no delta: it must neither wait nor
   * overtake what came before it. The others, and what this lane has seen, stay where they are.
   *
   * @param waiting the first event that may not have been written
   * @param urgent the first that must not wait
   */
  void hasten(long waiting, long urgent) {
    long begin = Math.max(log.begin(), seen);
    Set<Subscriber> due = concerned(Math.max(begin, urgent));
    Set<Route> routes = new HashSet<>();
    due.forEach(subscriber -> routes.addAll(subscriber.routes()));
    long from = Math.max(begin, waiting);
    long end = log.end();
    while (from < end
        && !due.isEmpty()
        && log.read(from, routes, SliceFrames.MAX_EVENTS, bytesPerSlice)
            instanceof Read.Slice slice) {
      write(slice, given(slice, due), Optional.empty());
      from = slice.next();
      // This lane has not come so far: each keeps where it stands.
      due.stream()
          .filter(subscriber -> subscriber.state() == State.LIVE)
          .filter(subscriber -> subscriber.position() <= slice.next())
          .forEach(subscriber -> subscriber.moveTo(slice.next(), slice.reached()));
    }
    writer.report();
  }

  /** Live followers whom an event from this place on concerns that is no delta. */
  private Set<Subscriber> concerned(long place) {
    Set<Subscriber> concerned = new LinkedHashSet<>();
    long from = place;
    long end = log.end();
    while (from < end
        && log.read(from, index.routes(), SliceFrames.MAX_EVENTS, bytesPerSlice)
            instanceof Read.Slice slice) {
      for (Read.Entry entry : slice.entries()) {
        if (!entry.event().part().isDelta()) {
          entry.event().routes().forEach(route -> concerned.addAll(index.of(route)));
        }
      }
      from = slice.next();
    }
    concerned.removeIf(subscriber -> subscriber.state() != State.LIVE);
    return concerned;
  }

  private void fence(Subscriber subscriber, Runnable turn) {
    lane.shard().fence(subscriber, turn);
  }

  /** One slice to all; those listed for later are flushed once, after the last slice. */
  private void write(Read.Slice slice, List<Subscriber> given, Optional<List<Subscriber>> later) {
    try (SliceFrames frames = new SliceFrames(slice, lane, writer.allocator())) {
      for (Subscriber subscriber : given) {
        fence(
            subscriber,
            () -> {
              Optional<Positions> over = writer.write(subscriber, frames, subscriber.takeGiven());
              subscriber.passTo(slice.next());
              if (over.isPresent()) {
                lane.shard().finish(subscriber, over.get());
              } else if (later.isEmpty() || !subscriber.stream().isWritable()) {
                flush(subscriber, slice.next(), slice.reached());
              } else {
                later.get().add(subscriber);
              }
            });
      }
    }
    lane.left(slice.entries(), anybody);
  }

  /**
   * Notes with each live subscriber which entries are for it; returns those with any.
   *
   * @param only those to look at, or everybody
   */
  private List<Subscriber> given(Read.Slice slice, Set<Subscriber> only) {
    List<Subscriber> given = new ArrayList<>();
    long taken = 0;
    boolean all = only.isEmpty();
    for (int i = 0; i < slice.entries().size(); i++) {
      Read.Entry entry = slice.entries().get(i);
      for (Route route : entry.event().routes()) {
        for (Subscriber subscriber : index.of(route)) {
          if (subscriber.state() == State.LIVE
              && entry.seq() >= subscriber.position()
              && (all || only.contains(subscriber))) {
            taken |= 1L << i;
            if (subscriber.give(i)) {
              given.add(subscriber);
            }
          }
        }
      }
    }
    anybody = taken;
    return given;
  }

  /** Sends what was written; a socket that takes no more leaves its subscriber behind here. */
  private static void flush(Subscriber subscriber, long next, Positions reached) {
    subscriber.flush();
    if (subscriber.state() == State.LIVE && !subscriber.stream().isWritable()) {
      subscriber.moveTo(next, reached);
      subscriber.become(State.STALLED);
    }
  }
}
