package io.millrace.identity;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/** What is wrong with a token, in the words of SmallRye JWT's refusal. */
enum TokenFault {
  /** Its time is over: the ordinary case. */
  EXPIRED,
  /** It is valid from later on: the clocks of issuer and replica differ. */
  NOT_YET_VALID,
  /** Signed with another key than the configured one. */
  SIGNATURE,
  /** None of the keys has the id it names. */
  NO_KEY,
  /** Of another issuer. */
  ISSUER,
  /** For another application. */
  AUDIENCE,
  /** No token, or without what one must have. */
  MALFORMED;

  private static final Map<Integer, TokenFault> BY_CODE =
      Map.of(
          ErrorCodes.EXPIRED, EXPIRED,
          ErrorCodes.NOT_YET_VALID, NOT_YET_VALID,
          ErrorCodes.SIGNATURE_INVALID, SIGNATURE,
          ErrorCodes.ISSUER_INVALID, ISSUER,
          ErrorCodes.ISSUER_MISSING, ISSUER,
          ErrorCodes.AUDIENCE_INVALID, AUDIENCE,
          ErrorCodes.AUDIENCE_MISSING, AUDIENCE);

  static TokenFault of(Throwable refusal) {
    Optional<InvalidJwtException> invalid = cause(refusal, InvalidJwtException.class);
    if (invalid.isPresent()) {
      return invalid.get().getErrorDetails().stream()
          .map(error -> BY_CODE.getOrDefault(error.getErrorCode(), MALFORMED))
          .findFirst()
          .orElse(MALFORMED);
    }
    return cause(refusal, UnresolvableKeyException.class).isPresent() ? NO_KEY : MALFORMED;
  }

  static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }

  /** Whether it is likelier to be a mistake in a configuration than a client's own affair. */
  boolean isForOperators() {
    return this != EXPIRED && this != MALFORMED;
  }

  /** The form in metrics. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
