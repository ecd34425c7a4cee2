package io.millrace.fanout;

import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.sse.ResetReason;
import java.util.Set;

/** A subscriber whose cursor is older than the tail, in line for a {@link Replay}. Any thread. */
public final class Rider {

  private final Shard shard;
  private final Subscriber subscriber;
  private final Positions from;

  /**
   * @param from everything before it was received
   */
  Rider(Shard shard, Subscriber subscriber, Positions from) {
    this.shard = shard;
    this.subscriber = subscriber;
    this.from = from;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** Everything before these positions was received. */
  public Positions from() {
    return from;
  }

  /** What it wants. */
  public Set<Route> routes() {
    return subscriber.routes();
  }

  /** Its turn has come. Everything past {@link #from} that it wants is appended after this. */
  public void board(Replay replay) {
    replay.boarded();
    long start = replay.log().end();
    shard.run(() -> shard.resumption().board(this, replay, start));
  }

  /** What it waits for is out of reach. */
  public void reset(ResetReason reason) {
    shard.run(() -> shard.resumption().turnAway(this, reason));
  }
}
