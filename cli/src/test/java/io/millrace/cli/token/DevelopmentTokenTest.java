package io.millrace.cli.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.cli.runtime.StateDirectory;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentTokenTest {

  private static final Instant NOW = Instant.now();

  @TempDir Path temporary;
  private DevelopmentKey key;

  @BeforeEach
  void makeKey() {
    key = DevelopmentKey.in(new StateDirectory(temporary.resolve("alice")));
  }

  @Test
  void speaksForWhomItWasMadeFor() throws Exception {
    // Given
    DevelopmentToken token =
        new DevelopmentToken(
            "alice", Optional.of("acme"), List.of("admins"), List.of("c1"), Duration.ofMinutes(5));

    // When
    JwtClaims claims = consumer(key).processToClaims(token.sign(key, NOW));

    // Then
    assertEquals("alice", claims.getSubject());
    assertEquals("acme", claims.getStringClaimValue("tenant"));
    assertEquals(List.of("admins"), claims.getStringListClaimValue("groups"));
    assertEquals(List.of("c1"), claims.getStringListClaimValue("conversations"));
    assertEquals(NOW.getEpochSecond() + 300, claims.getExpirationTime().getValue());
  }

  @Test
  void claimsNothingItWasNotAskedFor() throws Exception {
    JwtClaims claims = consumer(key).processToClaims(minimal(Duration.ofHours(1)).sign(key, NOW));

    assertFalse(claims.hasClaim("tenant"));
    assertFalse(claims.hasClaim("conversations"));
  }

  @Test
  void isRefusedByWhoeverTrustsAnotherKey() {
    DevelopmentKey other = DevelopmentKey.in(new StateDirectory(temporary.resolve("bob")));

    assertThrows(
        InvalidJwtException.class,
        () -> consumer(other).process(minimal(Duration.ofHours(1)).sign(key, NOW)));
  }

  @Test
  void livesNoLongerThanThirtyDays() {
    assertThrows(IllegalArgumentException.class, () -> minimal(Duration.ofDays(31)));
    assertThrows(IllegalArgumentException.class, () -> minimal(Duration.ZERO));
  }

  @Test
  void speaksForSomebody() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DevelopmentToken(
                " ", Optional.empty(), List.of(), List.of(), Duration.ofMinutes(1)));
  }

  private static DevelopmentToken minimal(Duration expiresIn) {
    return new DevelopmentToken("alice", Optional.empty(), List.of(), List.of(), expiresIn);
  }

  /** Trusts the key in the form the services get it. */
  private static JwtConsumer consumer(DevelopmentKey trusted) throws Exception {
    String base64 = trusted.publicPem().replaceAll("-----[^-]+-----|\\s", "");
    PublicKey publicKey =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    return new JwtConsumerBuilder()
        .setVerificationKey(publicKey)
        .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "ES256"))
        .setExpectedIssuer("millrace-dev")
        .setExpectedAudience("millrace")
        .setRequireExpirationTime()
        .setRequireSubject()
        .build();
  }
}
