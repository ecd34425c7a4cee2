package io.millrace.lifecycle;

import io.millrace.connection.CloseReason;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.Shard;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way out: ends the streams of every event loop evenly over a window, each told to come back
 * elsewhere, while events go on being delivered to those still open. One timer per event loop.
 */
public final class Drain {

  /** Often enough that a second's streams don't end in one burst. */
  private static final int TURN_MILLIS = 100;

  private final Fanout fanout;
  private final InstantSource clock;
  private final Meters meters;
  private final List<CompletableFuture<Void>> drained = new ArrayList<>();

  public Drain(Fanout fanout, InstantSource clock, Meters meters) {
    this.fanout = fanout;
    this.clock = clock;
    this.meters = meters;
  }

  /** Begins; returns at once. A second time does nothing. */
  public synchronized void start(Iterable<EventExecutor> loops, Duration window) {
    if (!drained.isEmpty()) {
      return;
    }
    int streams = fanout.shards().stream().mapToInt(Shard::size).sum();
    EventBusLog.LOG.draining(streams, window);
    long now = clock.millis();
    for (EventExecutor loop : loops) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      drained.add(done);
      loop.execute(() -> start(loop, new DrainSchedule(now, window, shard(loop).size()), done));
    }
  }

  private Shard shard(EventExecutor loop) {
    return fanout.shard(loop);
  }

  private void start(EventExecutor loop, DrainSchedule schedule, CompletableFuture<Void> done) {
    Runnable turn = () -> turn(shard(loop), schedule, done);
    turn.run();
    ScheduledFuture<?> timer =
        loop.scheduleAtFixedRate(turn, TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS);
    done.thenRun(() -> timer.cancel(false));
  }

  /** An exception would end the timer, and with it the drain. */
  private void turn(Shard shard, DrainSchedule schedule, CompletableFuture<Void> done) {
    try {
      int remaining = schedule.remaining(clock.millis());
      shard.closeOldest(Math.max(shard.size() - remaining, 0), CloseReason.DRAIN);
      if (remaining == 0) {
        done.complete(null);
      }
    } catch (RuntimeException fault) {
      EventBusLog.LOG.fenced("drain", fault);
      meters.fenced("drain");
    }
  }

  /** Waits until no stream is left, but not longer than this. */
  public synchronized void await(Duration patience) throws InterruptedException {
    try {
      CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException cut) {
      EventBusLog.LOG.cut(fanout.shards().stream().mapToInt(Shard::size).sum());
    }
  }
}
