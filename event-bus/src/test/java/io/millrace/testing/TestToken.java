package io.millrace.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JWT, good as it comes from {@link #of} and made bad claim by claim. Signed with the JDK alone,
 * so that it can be wrong in ways a library would refuse to write.
 */
public final class TestToken {

  public static final String ISSUER = "https://issuer.test";
  public static final String AUDIENCE = "millrace-test";

  private final JsonObject header = new JsonObject().put("typ", "JWT");
  private final JsonObject claims = new JsonObject();

  private TestToken() {}

  /** A token for this person that is valid for an hour. */
  public static TestToken of(String subject) {
    Instant now = Instant.now();
    TestToken token = new TestToken();
    token
        .claims
        .put("iss", ISSUER)
        .put("aud", AUDIENCE)
        .put("sub", subject)
        .put("iat", now.getEpochSecond());
    return token.expiresIn(Duration.ofHours(1));
  }

  public TestToken tenant(String tenant) {
    return claim("tenant", tenant);
  }

  public TestToken groups(String... groups) {
    return claim("groups", array(groups));
  }

  public TestToken conversations(String... ids) {
    return claim("conversations", array(ids));
  }

  private static JsonArray array(String... texts) {
    JsonArray array = new JsonArray();
    for (String text : texts) {
      array.add(text);
    }
    return array;
  }

  public TestToken expiresIn(Duration duration) {
    return claim("exp", Instant.now().plus(duration).getEpochSecond());
  }

  public TestToken claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  public TestToken without(String claim) {
    claims.remove(claim);
    return this;
  }

  public TestToken header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  /** Signed with the key the services trust. */
  public String signed() {
    return signedBy(SigningKey.TRUSTED);
  }

  public String signedBy(SigningKey key) {
    String input = signingInput("ES256");
    return input + "." + base64(key.sign(input));
  }

  /** With {@code alg: none} in the given spelling, and no signature. */
  public String unsigned(String none) {
    return signingInput(none) + ".";
  }

  /** With {@code alg: HS256} and this secret. */
  public String hmac(byte[] secret) {
    String input = signingInput("HS256");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private String signingInput(String algorithm) {
    JsonObject full = new JsonObject().put("alg", algorithm).mergeIn(header);
    return base64(full.encode()) + "." + base64(claims.encode());
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
