package io.millrace.bench.run;

import io.millrace.bench.contender.BenchTokens.Algorithm;
import io.millrace.bench.contender.Launch;
import io.millrace.bench.contender.Service;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen about every scenario. */
public final class RunOptions {

  @Option(
      names = "--java",
      description = "home of the JDK that runs the service (default: ${DEFAULT-VALUE})")
  Path java = Path.of(System.getProperty("java.home"));

  @Option(
      names = "--jvm-option",
      arity = "1",
      description = "of the service, repeatable (default: ${DEFAULT-VALUE})")
  List<String> jvmOptions = List.of("-XX:+UseSerialGC", "-Xmx512m");

  @Option(
      names = "--algorithm",
      description = "of the tokens: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Algorithm algorithm = Algorithm.ES256;

  @Option(names = "--set", description = "a setting of the service, as key=value; repeatable")
  Map<String, String> settings = Map.of();

  @Option(names = "--service-jar", description = "quarkus-run.jar (default: this build's)")
  @Nullable Path serviceJar;

  @Option(names = "--record", description = "write the report to bench/RESULTS.md")
  boolean record;

  @Option(
      names = "--out",
      description = "write the report to another file; its section there is replaced")
  @Nullable Path out;

  private final Service service;

  /** A scenario of notifications. */
  public RunOptions() {
    this(Service.NOTIFICATIONS);
  }

  public RunOptions(Service service) {
    this.service = service;
  }

  Service service() {
    return service;
  }

  /** How the service is run, before a scenario's own settings. */
  public Launch launch() {
    Path jar = serviceJar == null ? builtService() : serviceJar;
    return new Launch(service, java, jvmOptions, jar.toAbsolutePath(), settings);
  }

  /** Where the report goes, if anywhere. */
  Optional<Path> resultsFile() {
    if (out != null) {
      return Optional.of(out);
    }
    return record ? Optional.of(root().resolve("bench/RESULTS.md")) : Optional.empty();
  }

  private Path builtService() {
    Path jar = root().resolve(service.module() + "/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is not built: mvn -pl bench -am package -DskipTests, or name it: --service-jar");
    }
    return jar;
  }

  /** This code is in bench/target/millrace-bench.jar or in bench/target/classes. */
  private static Path root() {
    try {
      Path code =
          Path.of(RunOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
