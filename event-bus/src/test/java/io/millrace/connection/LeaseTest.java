package io.millrace.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant LATE = NOW.plus(Duration.ofDays(1));

  @Test
  void spreadsTheEndsOfOldStreamsByTenPercent() {
    assertEquals(NOW.plus(Duration.ofMinutes(54)), Lease.of(NOW, HOUR, LATE, 0).endsAt());
    assertEquals(NOW.plus(HOUR), Lease.of(NOW, HOUR, LATE, 0.5).endsAt());
    assertEquals(CloseReason.MAX_AGE, Lease.of(NOW, HOUR, LATE, 0.5).reason());
  }

  @Test
  void endsBeforeTheTokenDoes() {
    Instant expiry = NOW.plus(Duration.ofMinutes(10));

    Lease lease = Lease.of(NOW, HOUR, expiry, 0.5);

    assertEquals(CloseReason.TOKEN_EXPIRING, lease.reason());
    assertTrue(lease.endsAt().isBefore(expiry));
    assertFalse(lease.isOver(lease.endsAt().minusMillis(1)));
    assertTrue(lease.isOver(lease.endsAt()));
  }
}
