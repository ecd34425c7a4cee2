package io.millrace.lifecycle;

import io.millrace.fanout.Fanout;
import io.millrace.fanout.Shard;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One timer per event loop, for all its streams: sends heartbeats, ends leases, and shows that the
 * loop still runs.
 */
public final class Heartbeats {

  /** A stream's silence exceeds the configured heartbeat by this at most. */
  private static final int TICK_SECONDS = 1;

  private final Fanout fanout;
  private final Meters meters;

  public Heartbeats(Fanout fanout, Meters meters) {
    this.fanout = fanout;
    this.meters = meters;
  }

  /** Starts the timer of each event loop. */
  public void start(Iterable<EventExecutor> loops) {
    for (EventExecutor loop : loops) {
      Shard shard = fanout.shard(loop);
      loop.scheduleAtFixedRate(() -> tick(shard), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** An exception would end the timer for good. */
  private void tick(Shard shard) {
    try {
      shard.tick();
    } catch (RuntimeException fault) {
      EventBusLog.LOG.fenced("heartbeat", fault);
      meters.fenced("heartbeat");
    }
  }
}
