package io.millrace.fanout;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task on an event loop after a while. Any thread. */
@FunctionalInterface
public interface LoopTimer {

  /** The timer that an event loop is itself; of any other executor, at once. */
  LoopTimer OF_THE_LOOP =
      (loop, task, delay) -> {
        if (loop instanceof ScheduledExecutorService scheduler) {
          scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } else {
          loop.execute(task);
        }
      };

  void after(Executor loop, Runnable task, Duration delay);
}
