package io.millrace.e2e.breaker;

import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.breaker.oracle.Oracle.Violation;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Schedules one after another, in eras; says of a broken promise how to see it again. */
final class Campaign implements AutoCloseable {

  /** Then the topic has some hundred thousand records. */
  private static final int SCHEDULES_PER_ERA = 100;

  /** Clients complain of every broker outage; held, or the level would be forgotten with it. */
  private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka.clients");

  private final EmbeddedKafka kafka;
  private final TestIssuer issuer;
  private final Path app;
  private final String name;
  private Optional<Era> era = Optional.empty();
  private int schedules;
  private final Map<String, Long> tally = new TreeMap<>();

  /**
   * @param app folder of the packaged service
   * @param name begins the names of its topics
   */
  Campaign(EmbeddedKafka kafka, TestIssuer issuer, Path app, String name) {
    KAFKA_CLIENTS.setLevel(Level.SEVERE);
    this.kafka = kafka;
    this.issuer = issuer;
    this.app = app;
    this.name = name;
  }

  /** What was broken by this schedule, if anything. */
  Optional<Violation> violation(long seed) throws Exception {
    if (schedules % SCHEDULES_PER_ERA == 0) {
      close();
      era = Optional.of(new Era(kafka, issuer, name + "-" + schedules / SCHEDULES_PER_ERA, app));
    }
    schedules++;
    Schedule schedule = Schedule.of(seed);
    try (Round round = new Round(era.orElseThrow(), schedule, seed + "x" + schedules)) {
      try {
        round.run();
        round.tally().forEach((what, count) -> tally.merge(what, count, Long::sum));
        return Optional.empty();
      } catch (Violation violation) {
        return Optional.of(new Violation(report(seed, violation, round)));
      }
    }
  }

  private static String report(long seed, Violation violation, Round round) throws IOException {
    Path story = Era.folder().resolve("seed-" + seed + ".txt");
    Files.writeString(story, violation.getMessage() + "\n\n" + round.story());
    return """
        seed %d: %s
        Again: mvn -pl e2e -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
        -Dit.test=BreakerIT -Dfailsafe.failIfNoSpecifiedTests=false \
        -Dmillrace.breaker.seed=%d -Dmillrace.breaker.schedules=1
        What every client saw: %s
        %s"""
        .formatted(seed, violation.getMessage(), seed, story, round.story());
  }

  int schedules() {
    return schedules;
  }

  /** How often each kind of step was done and each kind of frame was seen. */
  Map<String, Long> tally() {
    return tally;
  }

  @Override
  public String toString() {
    return "%d schedules; done and seen: %s".formatted(schedules, tally);
  }

  @Override
  public void close() {
    era.ifPresent(Era::close);
    era = Optional.empty();
  }
}
