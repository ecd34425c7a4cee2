package io.millrace.bench.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what streams and servers do by themselves. */
public final class Wait {

  private static final long LOOK_MILLIS = 5;

  private Wait() {}

  /**
   * Fails when it has not come true within the limit.
   *
   * @param what is awaited, for the message
   */
  public static void until(BooleanSupplier condition, Duration limit, String what)
      throws InterruptedException {
    if (!within(condition, limit)) {
      throw new IllegalStateException(what + " did not come within " + limit);
    }
  }

  /** Whether it has come true within the limit. */
  public static boolean within(BooleanSupplier condition, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }
}
