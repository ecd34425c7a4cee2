package io.millrace.fanout;

import io.millrace.tail.TailLog;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lanes of one shard that follow the tail: one for those who are given each event as it comes,
 * and one for each time that others let deltas wait to be merged. So there is one timer for all who
 * wait equally long, and they share what is merged. Its event loop only.
 */
final class TailLanes {

  /** Times are rounded up to this: no event loop has more than a hundred timers. */
  static final int STEP_MILLIS = 10;

  private final Map<Integer, Lane> waiting = new TreeMap<>();
  private final Shard shard;
  private final TailLog tail;
  private final Interest interest;
  private final FrameWriter writer;
  private final Lane live;

  TailLanes(Shard shard, TailLog tail, Interest interest, FrameWriter writer) {
    this.shard = shard;
    this.tail = tail;
    this.interest = interest;
    this.writer = writer;
    this.live = lane(0);
  }

  private Lane lane(int millis) {
    return Lane.ofTail(shard, tail, interest, writer, Duration.ofMillis(millis));
  }

  /** The one a subscriber follows when it has caught up. */
  Lane of(Subscriber subscriber) {
    int asked = subscriber.subscription().coalesceMillis();
    return asked == 0
        ? live
        : waiting.computeIfAbsent(
            (asked + STEP_MILLIS - 1) / STEP_MILLIS * STEP_MILLIS, this::lane);
  }

  /** All go on to the end of the tail, what waits there is written too. */
  void advance() {
    live.advance();
    waiting.values().removeIf(Lane::isEmpty);
    waiting.values().forEach(Lane::advance);
  }
}
