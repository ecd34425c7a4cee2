package io.millrace.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** An ES256 key pair that lives as long as the test run. */
public final class SigningKey {

  /** The one the services under test trust. */
  public static final SigningKey TRUSTED = new SigningKey(oneForTheProcess());

  private final KeyPair pair;

  /** A key nobody knows. */
  public SigningKey() {
    this(generated());
  }

  private SigningKey(KeyPair pair) {
    this.pair = pair;
  }

  /** Quarkus loads this class several times, once per profile; the JDK is loaded once. */
  private static KeyPair oneForTheProcess() {
    return (KeyPair)
        System.getProperties().computeIfAbsent("millrace.test.key-pair", absent -> generated());
  }

  private static KeyPair generated() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The signature of a JWS with {@code alg: ES256}. */
  byte[] sign(String signingInput) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half as a service is given it. */
  public String publicPem() {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKeyBytes());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  public byte[] publicKeyBytes() {
    return pair.getPublic().getEncoded();
  }
}
