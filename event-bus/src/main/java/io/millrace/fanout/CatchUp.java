package io.millrace.fanout;

import io.millrace.event.Positions;
import io.millrace.tail.Read;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Subscribers that are behind the end of their log, each given a bounded turn in line: one that can
 * take much does not starve the rest, and live delivery runs between the turns. Its event loop
 * only.
 */
final class CatchUp {

  /**
   * Most events of one turn. Of a run of 20,000 tokens so many make one frame: forty of them, each
   * looked through in some tens of microseconds.
   */
  private static final int MAX_EVENTS = 512;

  /** Turns before the event loop gets to do other work. */
  private static final int TURNS_PER_TASK = 16;

  private final Queue<Subscriber> line = new ArrayDeque<>();
  private final Shard shard;
  private final Resumption resumption;
  private final FrameWriter writer;
  private final long bytesPerTurn;
  private boolean scheduled;

  CatchUp(Shard shard, Resumption resumption, FrameWriter writer, long bytesPerTurn) {
    this.shard = shard;
    this.resumption = resumption;
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
      shard.run(this::run);
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
    Lane lane = subscriber.lane();
    // Asked before the log is read: it gets no event after it has an end.
    Optional<Positions> end = lane.end();
    Read read =
        lane.log().read(subscriber.position(), subscriber.routes(), MAX_EVENTS, bytesPerTurn);
    if (!(read instanceof Read.Slice slice)) {
      resumption.resume(subscriber, subscriber.reached());
      return;
    }
    Optional<Positions> over = writer.write(subscriber, slice);
    if (over.isPresent()) {
      lane.progress(slice.next());
      shard.finish(subscriber, over.get());
      return;
    }
    subscriber.moveTo(slice.next(), slice.reached());
    subscriber.flush();
    lane.progress(slice.next());
    boolean more = slice.next() < lane.log().end();
    if (!subscriber.stream().isWritable()) {
      stall(subscriber, end.isPresent());
    } else if (more) {
      add(subscriber);
    } else if (end.isPresent()) {
      resumption.resume(subscriber, subscriber.reached().max(end.get()));
    } else {
      subscriber.become(State.LIVE);
    }
  }

  /** A log that has ended must not stay in memory for as long as a socket is stalled. */
  private void stall(Subscriber subscriber, boolean ended) {
    subscriber.become(State.STALLED);
    if (ended) {
      resumption.park(subscriber);
    }
  }
}
