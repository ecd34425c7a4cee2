package io.millrace.fanout;

import io.millrace.fanout.Lane.Manner;
import io.millrace.sse.NativeProfile;
import io.millrace.tail.TailLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The lanes of one shard that follow the tail: one for those who are given each event as it comes
 * and as it is, and one for each profile and each time that others let deltas wait to be merged. So
 * there is one timer for all who wait equally long, and they share what is written. Its event loop
 * only.
 */
final class TailLanes {

  /** Times are rounded up to this: no event loop has more than a hundred timers per profile. */
  static final int STEP_MILLIS = 10;

  private static final Manner AT_ONCE = new Manner(NativeProfile.INSTANCE, Duration.ZERO);

  /** While they have followers. */
  private final Map<Manner, Lane> others = new HashMap<>();

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
    this.live = lane(AT_ONCE);
  }

  private Lane lane(Manner manner) {
    return Lane.ofTail(shard, tail, interest, writer, manner);
  }

  /** The one a subscriber follows when it has caught up. */
  Lane of(Subscriber subscriber) {
    Subscription asked = subscriber.subscription();
    int millis = (asked.coalesceMillis() + STEP_MILLIS - 1) / STEP_MILLIS * STEP_MILLIS;
    Manner manner = new Manner(asked.profile(), Duration.ofMillis(millis));
    return manner.equals(AT_ONCE) ? live : others.computeIfAbsent(manner, this::lane);
  }

  /** All go on to the end of the tail, what waits there is written too. */
  void advance() {
    live.advance();
    others.values().removeIf(Lane::isEmpty);
    others.values().forEach(Lane::advance);
  }
}
