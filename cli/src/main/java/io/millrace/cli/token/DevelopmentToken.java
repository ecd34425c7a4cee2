package io.millrace.cli.token;

import io.millrace.cli.runtime.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Whom a development token speaks for, and for how long.
 *
 * @param subject who: scope {@code user:<subject>}
 * @param tenant whose: scope {@code tenant:<tenant>}
 * @param groups in which roles: scopes {@code role:<tenant>/<group>}
 * @param conversations the conversations it may read
 */
public record DevelopmentToken(
    String subject,
    Optional<String> tenant,
    List<String> groups,
    List<String> conversations,
    Duration expiresIn) {

  public static final String ISSUER = "millrace-dev";
  public static final String AUDIENCE = "millrace";

  /** A working day: nobody has to fetch a new token while trying things out. */
  public static final String DEFAULT_EXPIRY = "8h";

  /** A token in a shell history should not be good for ever, not even on a laptop. */
  public static final Duration LONGEST_EXPIRY = Duration.ofDays(30);

  public DevelopmentToken {
    if (subject.isBlank()) {
      throw new IllegalArgumentException("sub: is empty");
    }
    if (expiresIn.isNegative() || expiresIn.isZero() || expiresIn.compareTo(LONGEST_EXPIRY) > 0) {
      throw new IllegalArgumentException("expires-in: must be more than 0 and at most 30d");
    }
    groups = List.copyOf(groups);
    conversations = List.copyOf(conversations);
  }

  /** The signed JWT. */
  public String sign(DevelopmentKey key, Instant now) {
    return sign(key.signing(), now);
  }

  /** The signed JWT. */
  public String sign(SigningKey key, Instant now) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setJwtId(UUID.randomUUID().toString());
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.plus(expiresIn).getEpochSecond()));
    tenant.ifPresent(value -> claims.setStringClaim("tenant", value));
    claims.setStringListClaim("groups", groups);
    if (!conversations.isEmpty()) {
      claims.setStringListClaim("conversations", conversations);
    }
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(key.algorithm());
    signature.setHeader("typ", "JWT");
    signature.setPayload(claims.toJson());
    signature.setKey(key.key());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new Failure("cannot sign the token: " + e.getMessage(), e);
    }
  }
}
