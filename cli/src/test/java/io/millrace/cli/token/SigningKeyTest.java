package io.millrace.cli.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeyTest {

  private static final DevelopmentToken TOKEN =
      new DevelopmentToken("alice", Optional.empty(), List.of(), List.of(), Duration.ofHours(1));

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"Ed25519, EdDSA", "EC, ES256"})
  void signsWithTheKeyOfAFile(String kind, String algorithm) throws Exception {
    // Given
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("EC")) {
      generator.initialize(256);
    }
    KeyPair pair = generator.generateKeyPair();
    Path file = pem(pair);

    // When
    String token = TOKEN.sign(SigningKey.read(file), Instant.now());

    // Then
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(token);
    signature.setKey(pair.getPublic());
    assertEquals(algorithm, signature.getAlgorithmHeaderValue());
    assertTrue(signature.verifySignature());
  }

  @Test
  void saysOfAFileThatIsNoKeyWhatItShouldBe() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "secret");

    Failure failure = assertThrows(Failure.class, () -> SigningKey.read(file));

    assertTrue(
        failure.getMessage().contains("is not a private key as PEM (PKCS #8)"),
        failure.getMessage());
  }

  @Test
  void saysOfAFileThatIsNotThere() {
    Failure failure = assertThrows(Failure.class, () -> SigningKey.read(directory.resolve("none")));

    assertTrue(failure.getMessage().contains("cannot read the key"), failure.getMessage());
  }

  private Path pem(KeyPair pair) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    return Files.writeString(
        directory.resolve("key"),
        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }
}
