package io.millrace.cli.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubling, bounded, jittered.
 *
 * <p>Each wait lies between one half and the whole of the doubled value, so that processes or
 * clients which failed together do not return together. For one thread.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private int attempts;

  public Backoff(Duration first, Duration longest) {
    this(first, longest, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param random numbers from 0 (inclusive) to 1 (exclusive)
   */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("back-off: " + first + " to " + longest);
    }
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** The wait before the next attempt. */
  public Duration next() {
    double doubled = first.toMillis() * Math.pow(2, attempts++);
    double bounded = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis((long) (bounded / 2 + bounded / 2 * random.getAsDouble()));
  }

  /** An attempt succeeded: the next wait is a short one again. */
  public void reset() {
    attempts = 0;
  }
}
