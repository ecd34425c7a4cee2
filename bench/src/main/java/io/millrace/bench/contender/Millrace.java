package io.millrace.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Ourselves: the notifications service as it is deployed. Nothing is switched off: a token per
 * stream, ids, scopes, metrics, health, the bound for slow clients; it reads Kafka in the process
 * that is measured.
 */
public final class Millrace implements Contender {

  private final Launch launch;
  private final Supplier<Site> sites;

  /**
   * @param sites makes a new one for each round
   */
  public Millrace(Launch launch, Supplier<Site> sites) {
    this.launch = launch;
    this.sites = sites;
  }

  @Override
  public String name() {
    return "Millrace";
  }

  @Override
  public String version() {
    return version(launch);
  }

  /** What a report says of the service. */
  public static String version(Launch launch) {
    Properties versions = new Properties();
    try (var in = Millrace.class.getResourceAsStream("/bench.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("bench.properties is not in the jar", e);
    }
    return "Millrace %s (Quarkus %s, Kafka %s, service JVM options %s)"
        .formatted(
            versions.getProperty("project.version"),
            versions.getProperty("quarkus.version"),
            versions.getProperty("kafka.version"),
            String.join(" ", launch.jvmOptions()));
  }

  @Override
  public RunningContender start(Path workDir) throws IOException, InterruptedException {
    Site site = sites.get();
    Replica replica = site.start(launch, workDir);
    return new RunningContender(
        replica.process(), replica.target(), site.publisher(), replica::collect);
  }
}
