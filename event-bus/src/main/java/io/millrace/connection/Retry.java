package io.millrace.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long clients are told to wait before they come back, spread evenly so that they do not return
 * in the same instant.
 */
public record Retry(Duration min, Duration max) {

  /** After an ordinary end of a stream: soon, but not all at once. */
  public static final Retry SOON = new Retry(Duration.ofSeconds(1), Duration.ofSeconds(5));

  /** After a soft reject: the replica needs a moment. */
  public static final Retry LATER = new Retry(Duration.ofSeconds(5), Duration.ofSeconds(30));

  public Duration next() {
    long millis = ThreadLocalRandom.current().nextLong(min.toMillis(), max.toMillis() + 1);
    return Duration.ofMillis(millis);
  }
}
