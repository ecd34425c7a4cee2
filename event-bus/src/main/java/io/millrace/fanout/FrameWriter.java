package io.millrace.fanout;

import io.millrace.connection.FrameBuffer;
import io.millrace.event.Positions;
import io.millrace.sse.Frame;
import io.millrace.telemetry.Meters;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.InstantSource;
import java.util.SortedMap;

/** Hands frames to streams and counts them. One per shard, its event loop only. */
final class FrameWriter {

  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final Meters meters;
  private final InstantSource clock;

  private int events;
  private long bytes;

  FrameWriter(Meters meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
  }

  ByteBufAllocator allocator() {
    return allocator;
  }

  /** Writes the given entries of a slice, all in one buffer, without flushing. */
  void write(Subscriber subscriber, SliceFrames frames, long given) {
    if (given == 0) {
      return;
    }
    if (!subscriber.isAhead()) {
      write(subscriber, frames.shared(given));
      subscriber.heardEvents();
      events += Long.bitCount(given);
      return;
    }
    SortedMap<Integer, Positions> taken = frames.taken(given, subscriber);
    if (!taken.isEmpty()) {
      writeAndRelease(subscriber, frames.merged(taken));
      subscriber.heardEvents();
      events += taken.size();
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

  void write(Subscriber subscriber, FrameBuffer frames) {
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
    meters.delivered(events, bytes);
    events = 0;
    bytes = 0;
  }
}
