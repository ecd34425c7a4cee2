package io.millrace.cli.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * So many events a second, by the clock: one that was late does not delay those after it. One
 * thread.
 */
final class Pace {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final double nanosPerEvent;
  private final long start = System.nanoTime();
  private long events;

  /** Any number of events a second where the rate is 0. */
  Pace(double perSecond) {
    this.nanosPerEvent = perSecond == 0 ? 0 : NANOS / perSecond;
  }

  /** Waits until the next event is due. */
  void awaitNext() {
    long due = start + (long) (events++ * nanosPerEvent);
    for (long left = due - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
