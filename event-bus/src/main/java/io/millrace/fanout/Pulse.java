package io.millrace.fanout;

import io.millrace.connection.FrameBuffer;
import io.millrace.sse.Frame;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One round of the timer of an event loop: a sign of life on each stream that was silent for long.
 * Where its client has no cursor yet, or much of the topic was for others since, a fresh cursor
 * comes with it: its holder need never resume from far behind, and it costs no system call of its
 * own. Its event loop only.
 */
final class Pulse implements AutoCloseable {

  private final TailLog tail;
  private final FrameWriter writer;
  private final ShardSettings settings;
  private final Meters meters;
  private final long silentSince;
  private final FrameBuffer heartbeat;

  /** One for each lane: all of it who are not ahead stand at the same place. */
  private final Map<Lane, FrameBuffer> checkpoints = new HashMap<>();

  Pulse(TailLog tail, FrameWriter writer, ShardSettings settings, Meters meters) {
    this.tail = tail;
    this.writer = writer;
    this.settings = settings;
    this.meters = meters;
    Instant now = settings.clock().instant();
    this.silentSince = now.minus(settings.heartbeat()).toEpochMilli();
    this.heartbeat = writer.encode(Frame.heartbeat(now));
  }

  void beat(Subscriber subscriber) {
    if (!subscriber.isSilentSince(silentSince) || !subscriber.stream().isWritable()) {
      return;
    }
    if (needsCursor(subscriber)) {
      checkpoint(subscriber);
    }
    writer.write(subscriber, heartbeat);
    subscriber.flush();
    meters.heartbeat();
  }

  /** One without any would miss what is published while it is away. */
  private boolean needsCursor(Subscriber subscriber) {
    if (subscriber.state() != State.LIVE
        || !subscriber.subscription().profile().hasControlEvents()) {
      return false;
    }
    Lane lane = subscriber.lane();
    return lane.isOfTail()
        && lane.knows(subscriber)
        && (!subscriber.hasCursor()
            || lane.seen() - subscriber.position() >= settings.checkpointAfter());
  }

  private void checkpoint(Subscriber subscriber) {
    Lane lane = subscriber.lane();
    if (subscriber.isAhead()) {
      writer.write(subscriber, Frame.checkpoint(tail.id(lane.reached(subscriber))));
    } else {
      writer.write(subscriber, shared(subscriber));
    }
    subscriber.passTo(lane.seen());
    meters.checkpoint();
  }

  private FrameBuffer shared(Subscriber subscriber) {
    return checkpoints.computeIfAbsent(
        subscriber.lane(),
        lane -> writer.encode(Frame.checkpoint(tail.id(lane.reached(subscriber)))));
  }

  @Override
  public void close() {
    heartbeat.release();
    checkpoints.values().forEach(FrameBuffer::release);
  }
}
