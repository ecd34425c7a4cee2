package io.millrace.bench.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** One person per stream, each with a signed token of a key that lives as long as the run. */
public final class BenchTokens {

  static final String ISSUER = "https://bench.millrace.invalid";
  static final String AUDIENCE = "millrace-bench";

  /** Longer than any run: an expiring token would end its stream. */
  private static final Duration VALIDITY = Duration.ofHours(6);

  /** What verifying costs differs by a factor of 25 between these two on JDK 17. */
  public enum Algorithm {
    ES256("EC", new ECGenParameterSpec("secp256r1")),
    RS256("RSA", new RSAKeyGenParameterSpec(2_048, RSAKeyGenParameterSpec.F4));

    private final String family;
    private final AlgorithmParameterSpec parameters;

    Algorithm(String family, AlgorithmParameterSpec parameters) {
      this.family = family;
      this.parameters = parameters;
    }
  }

  private final Algorithm algorithm;
  private final KeyPair key;
  private final Service service;
  private final List<String> tokens = new ArrayList<>();

  /**
   * Tokens of a new key.
   *
   * @param service for whose streams they are
   */
  public BenchTokens(Algorithm algorithm, Service service) {
    this.algorithm = algorithm;
    this.service = service;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family);
      generator.initialize(algorithm.parameters);
      key = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no keys for " + algorithm, e);
    }
  }

  /** Signs for this many persons in advance, so that no event loop has to. */
  public synchronized void prepare(int persons) {
    for (int i = tokens.size(); i < persons; i++) {
      tokens.add(sign(i));
    }
  }

  /** New tokens for the same persons: none of them was ever seen. */
  public synchronized void renew() {
    int persons = tokens.size();
    tokens.clear();
    prepare(persons);
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  private String sign(int person) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject(person));
    claims.setStringClaim("tenant", "acme");
    claims.setStringListClaim("groups", "members");
    if (service == Service.AI_EVENTS) {
      claims.setStringListClaim("conversations", conversation(person));
    }
    claims.setGeneratedJwtId();
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(VALIDITY.toMinutes());
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(algorithm.name());
    signature.setHeader("typ", "JWT");
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivate());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("a token could not be signed", e);
    }
  }

  /** Whom the token of a client names. */
  static String subject(int person) {
    return "person-" + person;
  }

  /** The conversation that the token of a client grants. */
  public static String conversation(int person) {
    return "chat-" + person;
  }

  synchronized String of(int person) {
    return tokens.get(person);
  }

  /** Writes the public key as PEM, as a service reads it. */
  void writePublicKey(Path file) throws IOException {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getPublic().getEncoded());
    Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
  }
}
