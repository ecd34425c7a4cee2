package io.millrace.e2e;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signs tokens with a key made for the test, and says how a service comes to trust it. */
public final class TestIssuer {

  static final String ISSUER = "https://e2e.millrace.test";
  static final String AUDIENCE = "millrace";

  private final KeyPair keys;
  private final Path publicKey;

  public TestIssuer(Path folder) throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
    publicKey = folder.resolve("public-key.pem");
    String key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    Files.writeString(
        publicKey, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
  }

  Path publicKey() {
    return publicKey;
  }

  public Map<String, String> environment() {
    return Map.of(
        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
        publicKey.toUri().toString(),
        "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM",
        "ES256",
        "MP_JWT_VERIFY_ISSUER",
        ISSUER,
        "MP_JWT_VERIFY_AUDIENCES",
        AUDIENCE);
  }

  /** The values of the chart that make a release trust it. */
  public Map<String, Object> chartValues() throws IOException {
    return Map.of(
        "jwt.publicKey",
        Files.readString(publicKey),
        "jwt.algorithm",
        "ES256",
        "jwt.issuer",
        ISSUER,
        "jwt.audiences",
        List.of(AUDIENCE));
  }

  /** The value of an Authorization header. */
  public String bearer(String subject, String... conversations) {
    return bearer(claims(subject, "acme").claim("conversations", List.of(conversations)));
  }

  /** The same for somebody of a tenant, with roles in it. */
  public String bearer(String subject, String tenant, List<String> roles) {
    return bearer(claims(subject, tenant).groups(Set.copyOf(roles)));
  }

  private static JwtClaimsBuilder claims(String subject, String tenant) {
    return Jwt.claims()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject(subject)
        .claim("tenant", tenant)
        .expiresIn(Duration.ofHours(2));
  }

  private String bearer(JwtClaimsBuilder claims) {
    return "Bearer " + claims.jws().algorithm(SignatureAlgorithm.ES256).sign(keys.getPrivate());
  }
}
