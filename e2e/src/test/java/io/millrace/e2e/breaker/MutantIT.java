package io.millrace.e2e.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.breaker.oracle.Oracle.Violation;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the tester: bugs of the kind it is there for do not get past it. */
class MutantIT {

  /** Seeds within which each has to be found; some seeds do not go where the bug is. */
  private static final int SEEDS = 12;

  @TempDir Path folder;

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @ParameterizedTest
  @EnumSource
  void isFound(Mutant mutant) throws Exception {
    // Given
    Path app = folder.resolve("app");
    mutant.breed(Era.packaged(), app);
    String name = mutant.name().toLowerCase(Locale.ROOT);
    Optional<Violation> found = Optional.empty();
    try (Campaign campaign = new Campaign(kafka, new TestIssuer(folder), app, name)) {

      // When
      for (int seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
        found = campaign.violation(seed);
      }

      // Then
      assertThat(found).isPresent();
      assertThat(logs(name)).as("a bug, not a broken class").doesNotContain("VerifyError");
      String what = found.get().getMessage().lines().findFirst().orElseThrow();
      System.out.printf("%s, schedule %d: %s%n", mutant, campaign.schedules(), what);
    }
  }

  private static String logs(String name) throws IOException {
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.list(Era.folder())) {
      for (Path log : files.filter(f -> f.getFileName().toString().startsWith(name)).toList()) {
        logs.append(Files.readString(log));
      }
    }
    return logs.toString();
  }
}
