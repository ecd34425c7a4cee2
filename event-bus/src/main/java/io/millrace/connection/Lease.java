package io.millrace.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time a connection has left, and what ends it: the earliest of its maximum age and its token's
 * expiry, a time without events, a time without room in its socket. Checked by the timer of its
 * event loop.
 *
 * @param endsAt when the stream is ended
 * @param reason what the client is told then
 * @param idleMillis longest time without an event
 * @param stallMillis longest time in which the socket takes nothing
 */
public record Lease(Instant endsAt, CloseReason reason, long idleMillis, long stallMillis) {

  /**
   * What every stream is granted.
   *
   * @param maxAge age at which it is ended, before jitter
   * @param idle longest time without an event, before jitter; zero for any
   * @param maxStall longest time in which its socket takes nothing
   */
  public record Terms(Duration maxAge, Duration idle, Duration maxStall) {}

  /** How long before its expiry a token ends the stream, so that the next request is in time. */
  static final Duration TOKEN_MARGIN = Duration.ofSeconds(5);

  /** Most by which streams whose tokens expire together end before the margin. */
  static final Duration TOKEN_SPREAD = Duration.ofSeconds(30);

  /** Part of a time by which leases differ, so that clients do not return together. */
  private static final double JITTER = 0.1;

  /** A lease that ends at one time only. */
  public Lease(Instant endsAt, CloseReason reason) {
    this(endsAt, reason, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * @param now when the stream opened
   * @param terms what every stream is granted
   * @param tokenExpiry when the caller's token expires
   * @param random uniform in [0, 1)
   */
  public static Lease of(Instant now, Terms terms, Instant tokenExpiry, double random) {
    Instant oldest = now.plusMillis(jittered(terms.maxAge(), random));
    Instant expiring = expiring(now, tokenExpiry, random);
    boolean tokenFirst = expiring.isBefore(oldest);
    return new Lease(
        tokenFirst ? expiring : oldest,
        tokenFirst ? CloseReason.TOKEN_EXPIRING : CloseReason.MAX_AGE,
        terms.idle().isZero() ? Long.MAX_VALUE : jittered(terms.idle(), random),
        terms.maxStall().toMillis());
  }

  private static long jittered(Duration time, double random) {
    return (long) (time.toMillis() * (1 - JITTER + 2 * JITTER * random));
  }

  /** Only ever earlier: a token can't be used after its expiry. */
  private static Instant expiring(Instant now, Instant tokenExpiry, double random) {
    Instant latest = tokenExpiry.minus(TOKEN_MARGIN);
    double part = Duration.between(now, latest).toMillis() * JITTER;
    double spread = Math.min(Math.max(part, 0), TOKEN_SPREAD.toMillis());
    return latest.minusMillis((long) (spread * random));
  }

  /**
   * What ends the stream by now, if anything.
   *
   * @param nowMillis epoch milliseconds, as the other two
   * @param lastEventMillis when the last event was written
   * @param lastRoomMillis when the socket was last seen to take more
   */
  public Optional<CloseReason> over(long nowMillis, long lastEventMillis, long lastRoomMillis) {
    if (nowMillis >= endsAt.toEpochMilli()) {
      return Optional.of(reason);
    }
    if (nowMillis - lastRoomMillis >= stallMillis) {
      return Optional.of(CloseReason.SLOW);
    }
    return nowMillis - lastEventMillis >= idleMillis
        ? Optional.of(CloseReason.IDLE)
        : Optional.empty();
  }
}
