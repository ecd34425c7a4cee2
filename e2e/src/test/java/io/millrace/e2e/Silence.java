package io.millrace.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Time in which nothing is sent, while a condition must keep holding. Used to show that something
 * does <em>not</em> happen; a slow machine can only make such a test pass, never fail by chance.
 */
public final class Silence {

  private Silence() {}

  /** Waits for a condition, patiently. */
  public static void until(Callable<Boolean> condition) {
    await().atMost(SseReader.PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition);
  }

  public static void forMillis(long millis, Callable<Boolean> holds) {
    await("holds for " + millis + " ms")
        .during(Duration.ofMillis(millis))
        .atMost(Duration.ofMillis(millis).plus(SseReader.PATIENCE))
        .pollInterval(Duration.ofMillis(20))
        .failFast("it did not hold", () -> !holds.call())
        .until(() -> true);
  }
}
