package io.millrace.subscribe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.config.MillraceConfig;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Callers whose token was verified a moment ago, by its hash: after an outage of a proxy everyone
 * comes back at once, with the token they had. Verifying one (ES256) costs a millisecond, ten times
 * the rest of a reconnect. What was revoked is looked up for each request, cached or not. Any
 * thread.
 */
@Singleton
final class KnownCallers {

  private final Cache<String, Caller> callers;
  private final InstantSource clock;

  KnownCallers(MillraceConfig config, InstantSource clock) {
    MillraceConfig.Identity identity = config.identity();
    this.clock = clock;
    this.callers =
        Caffeine.newBuilder()
            .maximumSize(identity.maxKnown())
            .expireAfterWrite(identity.knownFor())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** The caller of a token that was verified lately and has not expired. */
  Optional<Caller> of(String token) {
    return Optional.ofNullable(callers.getIfPresent(hash(token)))
        .filter(caller -> clock.instant().isBefore(caller.expiresAt()));
  }

  /** This token was verified. */
  void add(String token, Caller caller) {
    callers.put(hash(token), caller);
  }

  /** The token itself is not kept. */
  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
