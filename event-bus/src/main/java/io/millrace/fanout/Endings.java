package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.event.Positions;
import io.millrace.sse.Frame;
import io.millrace.sse.Profile;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;

/**
 * How streams of one shard end: what the client is told, and what is counted. Its event loop only.
 */
final class Endings {

  private final Shard shard;
  private final TailLog tail;
  private final FrameWriter writer;
  private final Meters meters;

  Endings(Shard shard, TailLog tail, FrameWriter writer, Meters meters) {
    this.shard = shard;
    this.tail = tail;
    this.writer = writer;
    this.meters = meters;
  }

  void close(Subscriber subscriber, CloseReason reason) {
    if (subscriber.state() == State.CLOSED) {
      return;
    }
    if (reason.isAnnounced()) {
      Positions reached = shard.reached(subscriber);
      if (subscriber.state() == State.CLOSED) {
        // What was due to it ended it.
        return;
      }
      announce(subscriber, reason, reached);
    }
    end(subscriber, reason);
  }

  /** The run it followed has ended, and it was given all before this place. */
  void finish(Subscriber subscriber, Positions reached) {
    if (subscriber.state() != State.CLOSED) {
      announce(subscriber, CloseReason.RUN_FINISHED, reached);
      end(subscriber, CloseReason.RUN_FINISHED);
    }
  }

  private void end(Subscriber subscriber, CloseReason reason) {
    subscriber.become(State.CLOSED);
    shard.forget(subscriber);
    if (reason != CloseReason.CLIENT_GONE) {
      hangUp(subscriber, reason);
    }
    meters.streamClosed(reason.text());
    EventBusLog.LOG.closed(reason.text());
  }

  private static void hangUp(Subscriber subscriber, CloseReason reason) {
    if (reason.isFinal() || profile(subscriber).hasControlEvents()) {
      subscriber.stream().end();
    } else {
      subscriber.stream().breakOff();
    }
  }

  /**
   * The id tells where this stream ends, so that the next one need not look again. Also where the
   * socket takes nothing just now: it is one frame more, and the client may still come to read it.
   */
  private void announce(Subscriber subscriber, CloseReason reason, Positions reached) {
    String id = tail.id(reached);
    if (reason.isFinal()) {
      writer.write(subscriber, profile(subscriber).end(id, reason.text()));
    } else if (profile(subscriber).hasControlEvents()) {
      writer.write(subscriber, Frame.reconnect(id, reason.text(), reason.retry().next()));
    }
  }

  private static Profile profile(Subscriber subscriber) {
    return subscriber.subscription().profile();
  }
}
