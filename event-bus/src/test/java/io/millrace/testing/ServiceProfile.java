package io.millrace.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service as it comes, beside a broker that has its topic. Profiles that set something extend it.
 */
public class ServiceProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    // Any free port: several builds may run on one machine.
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.http.test-port", "0");
    config.put("quarkus.management.test-port", "0");
    // Here and not in the test resource: Quarkus looks when it builds the application, and makes a
    // key pair of its own for tests when it finds none.
    config.put("mp.jwt.verify.publickey.location", publicKey().toUri().toString());
    config.put("mp.jwt.verify.publickey.algorithm", "ES256");
    config.put("mp.jwt.verify.issuer", TestToken.ISSUER);
    config.put("mp.jwt.verify.audiences", TestToken.AUDIENCE);
    return config;
  }

  private static Path publicKey() {
    try {
      Path file = Files.createTempFile("millrace-test-key", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, SigningKey.TRUSTED.publicPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(KafkaResource.class));
  }
}
