package io.millrace.fanout;

import io.millrace.connection.FrameBuffer;
import io.millrace.event.Positions;
import io.millrace.sse.CoalescingEncoder;
import io.millrace.sse.Frame;
import io.millrace.tail.Read;
import io.millrace.telemetry.Meters;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/** Hands frames to streams and counts them. One per shard, its event loop only. */
final class FrameWriter {

  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final Meters meters;
  private final InstantSource clock;

  private int events;
  private int written;
  private long bytes;

  FrameWriter(Meters meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
  }

  ByteBufAllocator allocator() {
    return allocator;
  }

  /**
   * Writes the given entries of a slice, all in one buffer, without flushing.
   *
   * @return where it stands once it was given the end of what it follows; empty if more may come
   */
  Optional<Positions> write(Subscriber subscriber, SliceFrames frames, long given) {
    OptionalInt end = frames.end(given, subscriber.subscription());
    if (end.isEmpty()) {
      give(subscriber, frames, given);
      return Optional.empty();
    }
    Positions reached = frames.entries().get(end.getAsInt()).after().max(subscriber.ahead());
    give(subscriber, frames, given & (-1L >>> (Long.SIZE - 1 - end.getAsInt())));
    return Optional.of(reached);
  }

  private void give(Subscriber subscriber, SliceFrames frames, long given) {
    if (given == 0) {
      return;
    }
    if (!subscriber.isAhead()) {
      write(subscriber, frames.shared(given));
      subscriber.heardEvents();
      events += Long.bitCount(given);
      written += frames.sharedFrames(given);
      return;
    }
    SortedMap<Integer, Positions> taken = frames.taken(given, subscriber);
    if (!taken.isEmpty()) {
      writeAndRelease(subscriber, frames.own(taken));
      subscriber.heardEvents();
      events += taken.size();
      written += frames.ownFrames();
    }
  }

  /**
   * Writes a slice to one who is behind, adjacent deltas merged, without flushing.
   *
   * @return as {@link #write(Subscriber, SliceFrames, long)}
   */
  Optional<Positions> write(Subscriber subscriber, Read.Slice slice) {
    List<Read.Entry> given = new ArrayList<>();
    int bytes = 0;
    for (Read.Entry entry : slice.entries()) {
      Positions ahead = subscriber.ahead();
      Optional<Positions> cursor =
          subscriber.isAhead() ? subscriber.take(entry) : Optional.of(entry.after());
      if (cursor.isPresent()) {
        given.add(new Read.Entry(entry.seq(), entry.event(), cursor.get()));
        bytes += entry.event().deliveryBytes();
      }
      if (subscriber.subscription().endsWith(entry.event())) {
        give(subscriber, slice, given, bytes);
        return Optional.of(entry.after().max(ahead));
      }
    }
    give(subscriber, slice, given, bytes);
    return Optional.empty();
  }

  private void give(
      Subscriber subscriber, Read.Slice slice, List<Read.Entry> given, int expectedBytes) {
    if (!given.isEmpty()) {
      FrameBuffer frames =
          FrameBuffer.of(
              allocator,
              expectedBytes,
              out -> {
                CoalescingEncoder encoder =
                    new CoalescingEncoder(
                        out,
                        subscriber.subscription().profile(),
                        new SlicePast(slice.entries(), subscriber.lane().log()));
                given.forEach(entry -> encoder.add(entry.event(), () -> slice.id(entry.after())));
                encoder.finish();
                written += encoder.frames();
              });
      writeAndRelease(subscriber, frames);
      subscriber.heardEvents();
      events += given.size();
    }
  }

  /** Writes a frame of the server's own and flushes. */
  void write(Subscriber subscriber, Frame frame) {
    writeAndRelease(subscriber, encode(frame));
    subscriber.flush();
  }

  FrameBuffer encode(Frame frame) {
    return FrameBuffer.of(allocator, frame.length(), frame::encode);
  }

  /** A profile may have nothing to say of what was given; an empty chunk would end the response. */
  void write(Subscriber subscriber, FrameBuffer frames) {
    if (frames.payloadBytes() == 0) {
      return;
    }
    subscriber.write(frames, clock.millis());
    bytes += frames.payloadBytes();
  }

  private void writeAndRelease(Subscriber subscriber, FrameBuffer own) {
    try {
      write(subscriber, own);
    } finally {
      own.release();
    }
  }

  /** Adds what was written since the last report to the meters: once a turn, not once a write. */
  void report() {
    meters.delivered(events, written, bytes);
    events = 0;
    written = 0;
    bytes = 0;
  }
}
