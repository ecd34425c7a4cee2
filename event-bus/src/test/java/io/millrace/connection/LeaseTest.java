package io.millrace.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant LATE = NOW.plus(Duration.ofDays(1));

  private static final Lease.Terms TERMS =
      new Lease.Terms(HOUR, Duration.ofMinutes(20), Duration.ofMinutes(1));
  private static final long START = NOW.toEpochMilli();

  private static long at(Duration time) {
    return NOW.plus(time).toEpochMilli();
  }

  @Test
  void spreadsTheEndsOfOldStreamsByTenPercent() {
    assertEquals(NOW.plus(Duration.ofMinutes(54)), Lease.of(NOW, TERMS, LATE, 0).endsAt());
    assertEquals(NOW.plus(HOUR), Lease.of(NOW, TERMS, LATE, 0.5).endsAt());
    assertEquals(CloseReason.MAX_AGE, Lease.of(NOW, TERMS, LATE, 0.5).reason());
  }

  @Test
  void endsBeforeTheTokenDoes() {
    Instant expiry = NOW.plus(Duration.ofMinutes(10));

    Lease lease = Lease.of(NOW, TERMS, expiry, 0.5);

    long end = lease.endsAt().toEpochMilli();
    assertEquals(CloseReason.TOKEN_EXPIRING, lease.reason());
    assertTrue(lease.endsAt().isBefore(expiry));
    assertEquals(Optional.empty(), lease.over(end - 1, end - 1, end - 1));
    assertEquals(Optional.of(CloseReason.TOKEN_EXPIRING), lease.over(end, end, end));
  }

  @Test
  void spreadsTheEndsOfTokensThatExpireTogetherAndNeverBeyondTheMargin() {
    Instant expiry = NOW.plus(Duration.ofMinutes(10));
    Instant latest = expiry.minus(Lease.TOKEN_MARGIN);

    assertEquals(latest, Lease.of(NOW, TERMS, expiry, 0).endsAt());
    assertEquals(
        latest.minus(Lease.TOKEN_SPREAD.dividedBy(2)), Lease.of(NOW, TERMS, expiry, 0.5).endsAt());
    Instant soon = NOW.plusSeconds(3);
    assertEquals(soon.minus(Lease.TOKEN_MARGIN), Lease.of(NOW, TERMS, soon, 0.9).endsAt());
  }

  @Test
  void endsAStreamWithoutEventsAfterItsOwnShareOfTheIdleWindow() {
    Lease lease = Lease.of(NOW, TERMS, LATE, 0);
    Duration idle = Duration.ofMinutes(18);

    assertEquals(Optional.empty(), lease.over(at(idle) - 1, START, at(idle)));
    assertEquals(Optional.of(CloseReason.IDLE), lease.over(at(idle), START, at(idle)));
    assertEquals(Optional.empty(), lease.over(at(idle), START + 1, at(idle)));
  }

  @Test
  void neverEndsForIdlenessWithAWindowOfZero() {
    Lease lease =
        Lease.of(NOW, new Lease.Terms(HOUR, Duration.ZERO, Duration.ofMinutes(1)), LATE, 0.5);
    long justBefore = at(HOUR) - 1;

    assertEquals(Optional.empty(), lease.over(justBefore, START, justBefore));
  }

  @Test
  void endsAStreamWhoseSocketTakesNothingForTooLong() {
    Lease lease = Lease.of(NOW, TERMS, LATE, 0.5);
    long minute = at(Duration.ofMinutes(1));

    assertEquals(Optional.empty(), lease.over(minute - 1, START, START));
    assertEquals(Optional.of(CloseReason.SLOW), lease.over(minute, START, START));
  }
}
