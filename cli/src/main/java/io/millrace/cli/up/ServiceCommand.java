package io.millrace.cli.up;

import io.millrace.cli.gateway.Surface;
import io.millrace.cli.runtime.Failure;
import io.millrace.cli.token.DevelopmentToken;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line that runs a replica.
 *
 * @param bootstrapServers the broker
 * @param publicKey the PEM file of the development key
 */
record ServiceCommand(String bootstrapServers, Path publicKey) {

  /** Set by the {@code millrace} script: the directory the modules are in. */
  private static final String HOME_PROPERTY = "millrace.home";

  /** The default would be a quarter of the machine, for each replica. */
  private static final String HEAP = "-Xmx512m";

  /** System properties win over environment variables: a stray one of the user's has no effect. */
  List<String> of(ReplicaAddress address) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + address.port(),
        "-Dquarkus.management.host=127.0.0.1",
        "-Dquarkus.management.port=" + address.managementPort(),
        "-Dkafka.bootstrap.servers=" + bootstrapServers,
        "-Dmp.jwt.verify.publickey.location=" + publicKey.toUri(),
        "-Dmp.jwt.verify.publickey.algorithm=ES256",
        "-Dmp.jwt.verify.issuer=" + DevelopmentToken.ISSUER,
        "-Dmp.jwt.verify.audiences=" + DevelopmentToken.AUDIENCE,
        "-jar",
        requireBuilt(address.surface()).toString());
  }

  /**
   * The service's jar, beside this command's own.
   *
   * @throws Failure when it has not been built
   */
  static Path requireBuilt(Surface surface) {
    Path jar = home().resolve(surface.service()).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new Failure(
          surface.service()
              + " is not built ("
              + jar
              + " is missing); run: mvn package -DskipTests");
    }
    return jar;
  }

  private static Path home() {
    String configured = System.getProperty(HOME_PROPERTY);
    if (configured != null) {
      return Path.of(configured).toAbsolutePath();
    }
    try {
      Path jar =
          Path.of(ServiceCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      // <home>/cli/target/millrace-cli.jar, or <home>/cli/target/classes in a test.
      return jar.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new Failure("cannot find the services; set -D" + HOME_PROPERTY, e);
    }
  }
}
