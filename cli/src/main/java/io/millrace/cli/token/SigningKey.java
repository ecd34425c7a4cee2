package io.millrace.cli.token;

import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * A private key, and the algorithm of the signatures it makes.
 *
 * @param key the private key
 * @param algorithm as in the {@code alg} of a JWT
 */
public record SigningKey(Key key, String algorithm) {

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "Ed25519", AlgorithmIdentifiers.EDDSA,
          "EC", AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

  /**
   * The key of a PEM file (PKCS #8, Ed25519 or P-256), such as the chart's trial makes.
   *
   * @throws Failure when there is none
   */
  public static SigningKey read(Path file) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(body(Files.readString(file)));
      for (Map.Entry<String, String> algorithm : ALGORITHMS.entrySet()) {
        try {
          Key key =
              KeyFactory.getInstance(algorithm.getKey())
                  .generatePrivate(new PKCS8EncodedKeySpec(encoded));
          return new SigningKey(key, algorithm.getValue());
        } catch (GeneralSecurityException ofAnotherKind) {
          // The next one may fit.
        }
      }
    } catch (IOException e) {
      throw new Failure("cannot read the key " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new Failure(file + " is not a private key as PEM (PKCS #8)", e);
    }
    throw new Failure(file + " is not a private key as PEM (PKCS #8), Ed25519 or P-256");
  }

  private static String body(String pem) {
    return pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "");
  }
}
