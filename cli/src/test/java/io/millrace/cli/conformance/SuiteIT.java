package io.millrace.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.conformance.check.AllChecks;
import io.millrace.cli.conformance.deployment.HttpPublisher;
import io.millrace.cli.conformance.deployment.Publisher;
import io.millrace.cli.conformance.deployment.Surface;
import io.millrace.cli.conformance.deployment.Target;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The test of the tester: what keeps the contract passes, and every flaw is found by its check. */
class SuiteIT {

  /** Far above any answer of this machine to itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What is withheld for ever is waited for this long. */
  private static final Duration IMPATIENCE = Duration.ofMillis(700);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Keeps the verdicts. */
  private static final class Verdicts implements Report {

    private final Map<String, Verdict> all = new LinkedHashMap<>();

    @Override
    public void begin(Target target, int checks) {}

    @Override
    public void tell(Check check, Verdict verdict, Duration took) {
      all.put(check.id(), verdict);
    }

    @Override
    public void end() {}
  }

  static Stream<Flaw> flaws() {
    return Stream.of(
            HeadFlaws.all(),
            FrameFlaws.all(),
            AccessFlaws.all(),
            DeliveryFlaws.all(),
            PostFlaws.all(),
            RunFlaws.all())
        .flatMap(each -> each);
  }

  /** Notifications where they have the check, too. */
  private static Surface surfaceOf(Flaw flaw) {
    boolean shared =
        AllChecks.of(Surface.NOTIFICATIONS).stream()
            .anyMatch(check -> check.id().equals(flaw.check()));
    return shared ? Surface.NOTIFICATIONS : Surface.AI;
  }

  private static Optional<Publisher> publisher(TestDeployment deployment) {
    return Optional.of(
        new HttpPublisher(HTTP, deployment.target(PATIENCE), TestDeployment.PUBLISHER));
  }

  private static Map<String, Verdict> run(
      Target target, Optional<Publisher> publisher, boolean requireAll, List<Check> checks)
      throws InterruptedException {
    Verdicts verdicts = new Verdicts();
    new Suite(HTTP, target, publisher, requireAll).run(checks, verdicts);
    return verdicts.all;
  }

  @ParameterizedTest
  @EnumSource(Surface.class)
  void passesWhatKeepsTheContract(Surface surface) throws Exception {
    try (TestDeployment deployment = new TestDeployment(surface, new Behaviour())) {
      // When
      Map<String, Verdict> verdicts =
          run(deployment.target(PATIENCE), publisher(deployment), true, AllChecks.of(surface));

      // Then
      verdicts.forEach((id, verdict) -> assertEquals(new Verdict.Passed(), verdict, id));
    }
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void findsEveryFlaw(Flaw flaw) throws Exception {
    // Given
    Surface surface = surfaceOf(flaw);
    List<Check> one =
        AllChecks.of(surface).stream().filter(check -> check.id().equals(flaw.check())).toList();
    try (TestDeployment deployment = new TestDeployment(surface, flaw.behaviour())) {

      // When
      Map<String, Verdict> verdicts =
          run(deployment.target(IMPATIENCE), publisher(deployment), false, one);

      // Then
      Verdict verdict = verdicts.get(flaw.check());
      Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, verdict, flaw::toString);
      assertTrue(failed.message().contains(flaw.message()), failed::message);
    }
  }

  @Test
  void hasAFlawForEveryCheck() {
    // When
    Set<String> caught = flaws().map(Flaw::check).collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertEquals(
        AllChecks.of(Surface.AI).stream()
            .map(Check::id)
            .collect(Collectors.toCollection(TreeSet::new)),
        caught);
  }
}
