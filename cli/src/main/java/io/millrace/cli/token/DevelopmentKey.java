package io.millrace.cli.token;

import io.millrace.cli.runtime.Failure;
import io.millrace.cli.runtime.StateDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The ES256 key that signs development tokens: made on first use, kept in the state directory.
 *
 * <p>Only the processes {@code millrace up} starts trust it. The file is readable by its owner
 * alone.
 */
public final class DevelopmentKey {

  private static final String FILE = "development-key.jwk";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final PublicJsonWebKey jwk;

  private DevelopmentKey(PublicJsonWebKey jwk) {
    this.jwk = jwk;
  }

  /** The key of this state directory; a new one when there is none yet. */
  public static DevelopmentKey in(StateDirectory state) {
    Path file = state.file(FILE);
    try {
      if (!Files.exists(file)) {
        create(state, file);
      }
      refuseIfShared(file);
      return new DevelopmentKey(PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file)));
    } catch (IOException | JoseException e) {
      throw new Failure("cannot use the development key " + file + ": " + e.getMessage(), e);
    }
  }

  /** Written beside its place, then linked: two first uses at once agree on one whole key. */
  private static void create(StateDirectory state, Path file) throws IOException, JoseException {
    PublicJsonWebKey created = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    Path draft =
        Files.createTempFile(
            state.path(), "development-key", ".tmp", StateDirectory.mode("rw-------"));
    try {
      Files.writeString(draft, created.toJson(OutputControlLevel.INCLUDE_PRIVATE));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // Another process was first; its key is read.
    } finally {
      Files.delete(draft);
    }
  }

  private static void refuseIfShared(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
      throw new Failure(
          file + " can be read by others; remove it, and a new one is made on the next use");
    }
  }

  /** Its private half. */
  public SigningKey signing() {
    return new SigningKey(
        jwk.getPrivateKey(), AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
  }

  /** The public half as PEM, the form the services read. */
  public String publicPem() {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(jwk.getKey().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }
}
