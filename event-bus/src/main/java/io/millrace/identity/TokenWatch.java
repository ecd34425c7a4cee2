package io.millrace.identity;

import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.LogPace;
import io.millrace.telemetry.Meters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;

/**
 * Counts the tokens that were refused, and says once a minute what looks like a mistake of
 * operators: another key, another issuer, clocks that differ. Never the token, nor who has it. Any
 * thread.
 */
@Singleton
public final class TokenWatch {

  /** Clocks that are kept differ by less; and the seconds of a token are rounded. */
  static final Duration LEEWAY = Duration.ofSeconds(5);

  private final SigningKeys keys;
  private final Meters meters;
  private final InstantSource clock;
  private final LogPace pace;

  TokenWatch(SigningKeys keys, Meters meters, InstantSource clock) {
    this.keys = keys;
    this.meters = meters;
    this.clock = clock;
    this.pace = new LogPace(clock);
  }

  /** Whether a token can be verified; one that can't counts as refused. */
  public boolean hasKeys() {
    if (!keys.areKnown()) {
      meters.tokenRefused("keys-unavailable");
    }
    return keys.areKnown();
  }

  /** A token was refused: what to tell its holder. */
  public Throwable refused(Throwable refusal) {
    TokenFault fault = TokenFault.of(refusal);
    if (fault == TokenFault.NO_KEY && !keys.areAvailable()) {
      // Of a key that came up since the issuer was last heard, or of keys that got too old.
      meters.tokenRefused("keys-unavailable");
      return new KeysUnavailableException();
    }
    meters.tokenRefused(fault.text());
    if (fault.isForOperators() && pace.isDue(fault.text())) {
      if (fault == TokenFault.NOT_YET_VALID) {
        EventBusLog.LOG.tokenNotYetValid(secondsToNotBefore(refusal));
      } else {
        EventBusLog.LOG.tokensRefused(fault.text());
      }
    }
    return refusal;
  }

  private long secondsToNotBefore(Throwable refusal) {
    try {
      InvalidJwtException invalid =
          TokenFault.cause(refusal, InvalidJwtException.class).orElseThrow();
      return invalid.getJwtContext().getJwtClaims().getNotBefore().getValue()
          - clock.instant().getEpochSecond();
    } catch (MalformedClaimException itWasReadBefore) {
      return 0;
    }
  }

  /** A valid token was issued then: in the future, if the clocks differ. */
  public void issuedAt(Instant time) {
    Duration ahead = Duration.between(clock.instant(), time);
    if (ahead.compareTo(LEEWAY) > 0 && pace.isDue("issued-in-the-future")) {
      EventBusLog.LOG.tokenFromTheFuture(ahead.toSeconds());
    }
  }
}
