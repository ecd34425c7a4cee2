package io.millrace.fanout;

import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turn that writes new events to those who follow the end of a log: each event is looked up by
 * its routes, encoded once, and leaves with one system call per connection and turn. Its event loop
 * only.
 */
final class LiveDelivery {

  private final TailLog log;
  private final Lane lane;
  private final RouteIndex index;
  private final FrameWriter writer;
  private final long bytesPerSlice;

  private long seen = -1;
  private Positions seenAt = Positions.NONE;

  /** Scratch of a slice: which of its entries anybody is given. */
  private long given;

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
        write(slice, slice.next() < end ? Optional.of(unflushed) : Optional.empty());
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

  private void fence(Subscriber subscriber, Runnable turn) {
    lane.shard().fence(subscriber, turn);
  }

  /** One slice to all; those listed for later are flushed once, after the last slice. */
  private void write(Read.Slice slice, Optional<List<Subscriber>> later) {
    try (SliceFrames frames = new SliceFrames(slice, writer.allocator())) {
      for (Subscriber subscriber : given(slice)) {
        fence(
            subscriber,
            () -> {
              writer.write(subscriber, frames, subscriber.takeGiven());
              subscriber.passTo(slice.next());
              if (later.isEmpty() || !subscriber.stream().isWritable()) {
                flush(subscriber, slice.next(), slice.reached());
              } else {
                later.get().add(subscriber);
              }
            });
      }
    }
    lane.left(slice.entries(), given);
  }

  /** Notes with each live subscriber which entries are for it; returns those with any. */
  private List<Subscriber> given(Read.Slice slice) {
    List<Subscriber> takers = new ArrayList<>();
    long anybody = 0;
    for (int i = 0; i < slice.entries().size(); i++) {
      Read.Entry entry = slice.entries().get(i);
      for (Route route : entry.event().routes()) {
        for (Subscriber subscriber : index.of(route)) {
          if (subscriber.state() == State.LIVE && entry.seq() >= subscriber.position()) {
            anybody |= 1L << i;
            if (subscriber.give(i)) {
              takers.add(subscriber);
            }
          }
        }
      }
    }
    given = anybody;
    return takers;
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
