package io.millrace.fanout;

import io.millrace.connection.FrameBuffer;
import io.millrace.sse.Frame;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One round of the timer of an event loop: a sign of life on each stream that was silent for long.
 * Where its client has no cursor yet, or much of the topic was for others since, a fresh cursor
 * comes with it: its holder need never resume from far behind, and it costs no system call of its
 * own. Its event loop only.
 */
final class Pulse implements AutoCloseable {

  private final Lane live;
  private final TailLog tail;
  private final FrameWriter writer;
  private final ShardSettings settings;
  private final Meters meters;
  private final long silentSince;
  private final FrameBuffer heartbeat;
  private @Nullable FrameBuffer checkpoint;

  Pulse(Lane live, TailLog tail, FrameWriter writer, ShardSettings settings, Meters meters) {
    this.live = live;
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
    return subscriber.state() == State.LIVE
        && subscriber.lane() == live
        && live.knows(subscriber)
        && (!subscriber.hasCursor()
            || live.seen() - subscriber.position() >= settings.checkpointAfter());
  }

  private void checkpoint(Subscriber subscriber) {
    if (subscriber.isAhead()) {
      writer.write(subscriber, Frame.checkpoint(tail.id(live.reached(subscriber))));
    } else {
      writer.write(subscriber, shared(subscriber));
    }
    subscriber.passTo(live.seen());
    meters.checkpoint();
  }

  /** All who are not ahead stand at the same place. */
  private FrameBuffer shared(Subscriber subscriber) {
    if (checkpoint == null) {
      checkpoint = writer.encode(Frame.checkpoint(tail.id(live.reached(subscriber))));
    }
    return checkpoint;
  }

  @Override
  public void close() {
    heartbeat.release();
    if (checkpoint != null) {
      checkpoint.release();
    }
  }
}
