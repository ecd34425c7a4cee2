package io.millrace.testing.contract;

import static io.millrace.testing.contract.Refusals.assertInvalidToken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SigningKey;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that must not open a stream, and must not do anything else either. */
public abstract class ForgedTokenContract extends StreamTest {

  protected ForgedTokenContract(Surface surface) {
    super(surface);
  }

  private static Named<String> named(String name, String token) {
    return Named.of(name, token);
  }

  private static TestToken eve() {
    return TestToken.of("eve").tenant("acme").groups("admins").conversations("c1");
  }

  static Stream<Named<String>> badSignatures() {
    String good = eve().signed();
    String[] parts = good.split("\\.");
    String otherClaims = eve().claim("sub", "alice").signed().split("\\.")[1];
    byte[] publicKey = SigningKey.TRUSTED.publicKeyBytes();
    byte[] pem = SigningKey.TRUSTED.publicPem().getBytes(StandardCharsets.US_ASCII);
    JsonObject ownKey = new JsonObject().put("kty", "oct").put("k", "AAAA");
    return Stream.of(
        named("alg none", eve().unsigned("none")),
        named("alg None", eve().unsigned("None")),
        named("alg NONE", eve().unsigned("NONE")),
        named("alg none with a signature", eve().unsigned("none") + parts[2]),
        named("empty alg", eve().unsigned("")),
        named("HS256 with the public key", eve().hmac(publicKey)),
        named("HS256 with the public key as PEM", eve().hmac(pem)),
        named("RS256 in name only", eve().unsigned("RS256") + parts[2]),
        named("another key", eve().signedBy(new SigningKey())),
        named("no signature", parts[0] + "." + parts[1] + "."),
        named("signature of other claims", parts[0] + "." + otherClaims + "." + parts[2]),
        named("all zero signature", parts[0] + "." + parts[1] + "." + "A".repeat(86)),
        named("its own key", eve().header("jwk", ownKey).signedBy(new SigningKey())),
        named("a key from elsewhere", eve().header("jku", "http://127.0.0.1:9/").signed() + "x"),
        named(
            "kid with a path", eve().header("kid", "../../etc/passwd").signedBy(new SigningKey())),
        named("kid with SQL", eve().header("kid", "' OR 1=1 --").signedBy(new SigningKey())),
        named("kid of null bytes", eve().header("kid", "\0\0").signedBy(new SigningKey())));
  }

  static Stream<Named<String>> badClaims() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        named("wrong issuer", eve().claim("iss", "https://evil.test").signed()),
        named("no issuer", eve().without("iss").signed()),
        named("wrong audience", eve().claim("aud", "another-service").signed()),
        named("no audience", eve().without("aud").signed()),
        named("empty audience", eve().claim("aud", new JsonArray()).signed()),
        named("expired", eve().expiresIn(Duration.ofHours(-1)).signed()),
        named("expired a second ago", eve().expiresIn(Duration.ofSeconds(-1)).signed()),
        named("no exp", eve().without("exp").signed()),
        named("exp is a text", eve().claim("exp", "tomorrow").signed()),
        named("exp is null", eve().claim("exp", null).signed()),
        named("not yet valid", eve().claim("nbf", now + 3600).signed()),
        named("groups is an object", eve().claim("groups", new JsonObject()).signed()),
        named("no subject", eve().without("sub").signed()),
        named("subject is a number", eve().claim("sub", 7).signed()),
        named("subject is an object", eve().claim("sub", new JsonObject()).signed()));
  }

  static Stream<Named<String>> garbage() {
    String part = "e30"; // {}
    return Stream.of(
        named("a word", "garbage"),
        named("three dots", "..."),
        named("two dots", ".."),
        named("empty objects", part + "." + part + "." + part),
        named("not base64", "!!!.???.***"),
        named("five parts, as encrypted", "a.b.c.d.e"),
        named("a thousand parts", "a.".repeat(1000)),
        named("a header that is an array", "W10." + part + ".AAAA"),
        named("not ASCII", "\u00fc.\u4e16.\ud83d\ude00"),
        named("16,000 characters", "x".repeat(16_000)),
        named("16,000 characters of claims", "e30." + "A".repeat(16_000) + ".AAAA"));
  }

  @ParameterizedTest
  @MethodSource({"badSignatures", "badClaims", "garbage"})
  void areRefused(String token) {
    assertInvalidToken(send(request().bearer(token)));
  }

  @ParameterizedTest
  @MethodSource({"badSignatures", "badClaims"})
  void areRefusedInTheCookieToo(String token) {
    assertInvalidToken(send(request().cookie(token)));
  }

  @Test
  void haveNoEffectOnTheNextCaller() {
    // Given
    double fences = management().meter("millrace_fences_total");
    Stream.of(badSignatures(), badClaims(), garbage())
        .flatMap(tokens -> tokens)
        .forEach(token -> send(request().bearer(token.getPayload())).awaitEnd());

    // When
    SseClient stream = openAs(alice);
    publish(alice, "{\"n\":1}");

    // Then
    assertEquals("{\"n\":1}", stream.awaitFrame().data());
    assertEquals(fences, management().meter("millrace_fences_total"));
  }

  @Test
  void mayNotFillTheHeaderBeyondItsLimit() {
    // When
    SseClient answer = send(request().bearer("x".repeat(100_000)));

    // Then
    answer.awaitClosed();
    assertTrue(!answer.isAnswered() || List.of(400, 431).contains(answer.status()));
    openAs(alice);
  }
}
