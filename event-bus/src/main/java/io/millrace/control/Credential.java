package io.millrace.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a revocation can match of a token, in 24 bytes, because every stream holds one for hours.
 * Subject and token id are 64 bits of their SHA-256: among a million subjects and a hundred
 * thousand revocations two meet by chance once in two hundred million.
 *
 * @param subject hash of the {@code sub} claim
 * @param token hash of the {@code jti} claim; 0 without one
 * @param issuedAtMillis the {@code iat} claim; without one, as if it were the oldest token
 */
public record Credential(long subject, long token, long issuedAtMillis) {

  static final long NO_TOKEN_ID = 0;

  public static Credential of(
      String subject, Optional<String> tokenId, Optional<Instant> issuedAt) {
    return new Credential(
        hash(subject),
        tokenId.map(Credential::hash).orElse(NO_TOKEN_ID),
        issuedAt.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
  }

  static long hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
