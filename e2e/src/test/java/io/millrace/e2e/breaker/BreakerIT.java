package io.millrace.e2e.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.breaker.oracle.Oracle.Violation;
import io.millrace.e2e.breaker.oracle.Visit;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tries to break the promise of wire.md §4 with real replicas, a real broker, and everything that
 * happens to them in production. See docs/reliability.md.
 */
class BreakerIT {

  /** What fits into a build. The long run has 2,000: -Dmillrace.breaker.schedules=2000. */
  private static final int SCHEDULES = 50;

  /** What a run of this length comes to, or it would prove less than it says. */
  private static final String[] EVERYTHING =
      Stream.concat(
              Stream.of(Step.class.getPermittedSubclasses()).map(Class::getSimpleName),
              Stream.of(
                  Visit.DELIVERY,
                  "stream.reconnect revoked",
                  "stream.reset expired",
                  "stream.reset truncated",
                  "stream.reset unknown"))
          .toArray(String[]::new);

  @TempDir static Path folder;

  @Test
  void everyScheduleLeavesEveryClientWhole() throws Exception {
    // Given
    long first = Long.getLong("millrace.breaker.seed", 1);
    int schedules = Integer.getInteger("millrace.breaker.schedules", SCHEDULES);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
        Campaign campaign =
            new Campaign(kafka, new TestIssuer(folder), Era.packaged(), "breaker")) {

      // When
      Optional<Violation> broken = Optional.empty();
      for (int n = 0; n < schedules && broken.isEmpty(); n++) {
        broken = campaign.violation(first + n);
      }

      // Then
      System.out.println(campaign);
      broken.ifPresent(
          violation -> {
            throw violation;
          });
      assertThat(campaign.schedules()).isEqualTo(schedules);
      if (schedules >= SCHEDULES) {
        assertThat(campaign.tally()).containsKeys(EVERYTHING);
      }
    }
  }
}
