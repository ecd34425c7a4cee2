package io.millrace.fanout;

import io.millrace.event.Route;
import io.millrace.fanout.Subscriber.State;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turn that writes new events to the live subscribers of a shard: each event is looked up by
 * its routes, encoded once, and leaves with one system call per connection and turn. Its event loop
 * only.
 */
final class LiveDelivery {

  private final TailLog tail;
  private final Shard shard;
  private final RouteIndex index;
  private final FrameWriter writer;
  private final long bytesPerSlice;

  private long seen;

  LiveDelivery(
      TailLog tail, Shard shard, RouteIndex index, FrameWriter writer, long bytesPerSlice) {
    this.tail = tail;
    this.shard = shard;
    this.index = index;
    this.writer = writer;
    this.bytesPerSlice = bytesPerSlice;
  }

  /** Every event before it that a live subscriber wants was written. */
  long seen() {
    return seen;
  }

  /**
   * Writes what came since; nobody here wants anything between {@link #seen} and {@code wanted}.
   */
  void deliver(long wanted) {
    long from = Math.max(wanted, seen);
    long end = tail.end();
    List<Subscriber> unflushed = new ArrayList<>();
    while (from < end) {
      Read read = tail.read(from, index.routes(), SliceFrames.MAX_EVENTS, bytesPerSlice);
      if (read instanceof Read.Slice slice) {
        write(slice, slice.next() < end ? Optional.of(unflushed) : Optional.empty());
        from = slice.next();
      } else {
        shard.starved(from);
        from = end;
      }
    }
    seen = Math.max(seen, from);
    unflushed.forEach(subscriber -> shard.fence(subscriber, () -> flush(subscriber, seen)));
    writer.report();
  }

  /** One slice to all; those listed for later are flushed once, after the last slice. */
  private void write(Read.Slice slice, Optional<List<Subscriber>> later) {
    try (SliceFrames frames = new SliceFrames(slice, writer.allocator())) {
      for (Subscriber subscriber : given(slice)) {
        shard.fence(
            subscriber,
            () -> {
              writer.write(subscriber, frames, subscriber.takeGiven());
              if (later.isEmpty() || !subscriber.stream().isWritable()) {
                flush(subscriber, slice.next());
              } else {
                later.get().add(subscriber);
              }
            });
      }
    }
  }

  /** Notes with each live subscriber which entries are for it; returns those with any. */
  private List<Subscriber> given(Read.Slice slice) {
    List<Subscriber> given = new ArrayList<>();
    for (int i = 0; i < slice.entries().size(); i++) {
      Read.Entry entry = slice.entries().get(i);
      for (Route route : entry.event().routes()) {
        for (Subscriber subscriber : index.of(route)) {
          if (subscriber.state() == State.LIVE
              && entry.seq() >= subscriber.position()
              && subscriber.give(i)) {
            given.add(subscriber);
          }
        }
      }
    }
    return given;
  }

  /** Sends what was written; a socket that takes no more leaves its subscriber behind here. */
  void flush(Subscriber subscriber, long next) {
    subscriber.flush();
    if (subscriber.state() == State.LIVE && !subscriber.stream().isWritable()) {
      subscriber.moveTo(next);
      subscriber.become(State.STALLED);
    }
  }
}
