package io.millrace.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * The time a connection has left, and what ends it. Checked by the timer of its event loop.
 *
 * @param endsAt when the stream is ended
 * @param reason what the client is told then
 */
public record Lease(Instant endsAt, CloseReason reason) {

  /** How long before its expiry a token ends the stream, so that the next request is in time. */
  static final Duration TOKEN_MARGIN = Duration.ofSeconds(5);

  /** Part of the maximum age by which leases differ, so that clients do not return together. */
  private static final double JITTER = 0.1;

  /**
   * @param now when the stream opened
   * @param maxAge age at which any stream is ended, before jitter
   * @param tokenExpiry when the caller's token expires
   * @param random uniform in [0, 1)
   */
  public static Lease of(Instant now, Duration maxAge, Instant tokenExpiry, double random) {
    double factor = 1 - JITTER + 2 * JITTER * random;
    Instant oldest = now.plusMillis((long) (maxAge.toMillis() * factor));
    Instant expiring = tokenExpiry.minus(TOKEN_MARGIN);
    return expiring.isBefore(oldest)
        ? new Lease(expiring, CloseReason.TOKEN_EXPIRING)
        : new Lease(oldest, CloseReason.MAX_AGE);
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(endsAt);
  }
}
