package io.millrace.fanout;

import io.millrace.fanout.Subscriber.State;
import io.millrace.sse.ResetReason;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Subscribers that are behind the end of the tail, each given a bounded turn in line: one that can
 * take much does not starve the rest, and live delivery runs between the turns. Its event loop
 * only.
 */
final class CatchUp {

  /** Turns before the event loop gets to do other work. */
  private static final int TURNS_PER_TASK = 16;

  private final Queue<Subscriber> line = new ArrayDeque<>();
  private final Executor loop;
  private final TailLog tail;
  private final Shard shard;
  private final FrameWriter writer;
  private final long bytesPerTurn;
  private boolean scheduled;

  CatchUp(Executor loop, TailLog tail, Shard shard, FrameWriter writer, long bytesPerTurn) {
    this.loop = loop;
    this.tail = tail;
    this.shard = shard;
    this.writer = writer;
    this.bytesPerTurn = bytesPerTurn;
  }

  /** Puts a subscriber at the end of the line. */
  void add(Subscriber subscriber) {
    subscriber.become(State.CATCHING_UP);
    line.add(subscriber);
    schedule();
  }

  private void schedule() {
    if (!scheduled && !line.isEmpty()) {
      scheduled = true;
      loop.execute(this::run);
    }
  }

  private void run() {
    scheduled = false;
    for (int turns = 0; turns < TURNS_PER_TASK && !line.isEmpty(); turns++) {
      Subscriber subscriber = line.remove();
      if (subscriber.state() == State.CATCHING_UP) {
        shard.fence(subscriber, () -> turn(subscriber));
      }
    }
    writer.report();
    schedule();
  }

  private void turn(Subscriber subscriber) {
    Read read =
        tail.read(subscriber.position(), subscriber.routes(), SliceFrames.MAX_EVENTS, bytesPerTurn);
    if (!(read instanceof Read.Slice slice)) {
      shard.reset(subscriber, ResetReason.EXPIRED);
      return;
    }
    try (SliceFrames frames = new SliceFrames(slice, writer.allocator())) {
      writer.write(subscriber, frames, frames.all());
    }
    subscriber.moveTo(slice.next());
    subscriber.flush();
    if (!subscriber.stream().isWritable()) {
      subscriber.become(State.STALLED);
    } else if (slice.next() < tail.end()) {
      add(subscriber);
    } else {
      subscriber.become(State.LIVE);
    }
  }
}
