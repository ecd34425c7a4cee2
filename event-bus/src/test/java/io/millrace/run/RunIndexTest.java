package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.RunsConfig;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which runs are known, and which events are theirs. */
class RunIndexTest {

  private static final String DELTA =
      "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"x\"}";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RunIndex index = new RunIndex(new Limits(1000), new Meters(registry));
  private long offset;
  private long now = 1_000_000_000;

  private record Limits(int maxKnown) implements RunsConfig {
    @Override
    public Duration lookBack() {
      return Duration.ofMinutes(15);
    }

    @Override
    public Duration forgetAfter() {
      return Duration.ofHours(1);
    }

    @Override
    public Set<String> startTypes() {
      return Set.of("RUN_STARTED");
    }

    @Override
    public Set<String> endTypes() {
      return Set.of("RUN_FINISHED");
    }
  }

  private Event write(String value, String... headers) {
    return writeTo("c", value, headers);
  }

  private Event writeTo(String conversation, String value, String... headers) {
    return index.place(AgUiRecords.event(offset++, conversation, value, headers), now, now);
  }

  /** Ids of the runs an event was filed under. */
  private static Set<String> runs(Event event) {
    Set<String> runs = new TreeSet<>();
    for (Route route : event.routes()) {
      if (route instanceof Route.Run run) {
        runs.add(run.id());
      }
    }
    return runs;
  }

  private List<String> inProgress() {
    return index.inProgress("c").stream().map(Run::id).toList();
  }

  private static String started(String run) {
    return "{\"type\":\"RUN_STARTED\",\"threadId\":\"c\",\"runId\":\"" + run + "\"}";
  }

  private static String child(String run, String parent) {
    return "{\"type\":\"RUN_STARTED\",\"runId\":\"" + run + "\",\"parentRunId\":\"" + parent + "\"}";
  }

  private static String finished(String run) {
    return "{\"type\":\"RUN_FINISHED\",\"threadId\":\"c\",\"runId\":\"" + run + "\"}";
  }

  @Test
  void filesEventsThatNameNoRunUnderTheOneInProgress() {
    write(started("r1"));
    Event delta = write(DELTA);
    Event end = write(finished("r1"));

    assertEquals(Set.of("r1"), runs(delta));
    assertEquals(Set.of("r1"), runs(end));
    assertEquals(Set.of(), runs(write(DELTA)));
    assertTrue(end.ends().isPresent());
    Run run = index.find(new Route.Run("c", "r1")).orElseThrow();
    assertEquals(0, run.begin());
    assertEquals(2, run.end());
  }

  @Test
  void endsTheOneInProgressWithAnErrorThatNamesNone() {
    write(started("r1"));
    Event error = write("{\"type\":\"RUN_ERROR\",\"message\":\"no\"}");

    assertEquals(new Route.Run("c", "r1"), error.ends().orElseThrow());
    assertEquals(List.of(), inProgress());
  }

  @Test
  void tellsRunsSideBySideApartByWhatTheyName() {
    write(started("r1"));
    write(started("r2"));

    assertEquals(Set.of(), runs(write(DELTA)));
    assertEquals(Set.of("r1"), runs(write(DELTA, "runid=r1")));
    write(finished("r1"));
    assertEquals(Set.of("r2"), runs(write(DELTA)));
  }

  @Test
  void filesARunInsideAnotherUnderBoth() {
    write(started("r1"));
    Event inner = write(child("r2", "r1"));
    Event delta = write(DELTA);
    Event end = write(finished("r2"));

    assertEquals(Set.of("r1", "r2"), runs(inner));
    assertEquals(Set.of("r1", "r2"), runs(delta));
    assertEquals(new Route.Run("c", "r2"), end.ends().orElseThrow());
    assertEquals(Set.of("r1"), runs(write(DELTA)));
  }

  @Test
  void doesNotFileARunUnderTheOneItFollowsOn() {
    write(started("r1"));
    write(finished("r1"));

    assertEquals(Set.of("r2"), runs(write(child("r2", "r1"))));
  }

  @Test
  void filesASubagentUnderItsRunAndEndsItWithIt() {
    write(started("r1"));
    write("{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s1\",\"name\":\"x\"}");
    write(
        "{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s2\",\"parentSubagentRunId\":\"s1\"}");
    Event inner = write(DELTA.replace("{", "{\"subagentRunId\":\"s2\","));
    Event outer = write(DELTA);

    assertEquals(Set.of("r1", "s1", "s2"), runs(inner));
    assertEquals(Set.of("r1"), runs(outer));
    write(finished("r1"));
    assertEquals(List.of(), inProgress());
  }

  @Test
  void takesASecondStartForOneOfItsEvents() {
    write(started("r1"));
    write(DELTA);
    write(started("r1"));

    assertEquals(0, index.find(new Route.Run("c", "r1")).orElseThrow().begin());
    assertEquals(List.of("r1"), inProgress());
  }

  @Test
  void beginsAnewWhatStartsAgainAfterItsEnd() {
    write(started("r1"));
    write(finished("r1"));
    write(started("r1"));

    assertEquals(2, index.find(new Route.Run("c", "r1")).orElseThrow().begin());
    assertEquals(List.of("r1"), inProgress());
  }

  @Test
  void knowsAnEndWithoutAStart() {
    Event end = write(finished("r1"));

    Run run = index.find(new Route.Run("c", "r1")).orElseThrow();
    assertFalse(run.isInProgress());
    assertFalse(run.isBeginKnown());
    assertEquals(new Route.Run("c", "r1"), end.ends().orElseThrow());
  }

  @Test
  void saysThatSomethingBeganBeforeWhatIsKnown() {
    write(DELTA);
    assertTrue(index.hasUnknownBegin("c"));
    write(started("r1"));
    assertFalse(index.hasUnknownBegin("c"));
    write(DELTA, "runid=r0");
    assertTrue(index.hasUnknownBegin("c"));
  }

  @Test
  void leavesOtherVocabulariesToTheirHeaders() {
    write("{\"n\":1}", "runid=r1", "ce_type=RUN_STARTED");
    Event member = write("{\"n\":2}", "runid=r1", "ce_type=token");
    Event stranger = write("{\"n\":3}");
    Event end = write("{\"n\":4}", "runid=r1", "ce_type=RUN_FINISHED");

    assertEquals(Set.of("r1"), runs(member));
    assertEquals(Set.of(), runs(stranger));
    assertEquals(new Route.Run("c", "r1"), end.ends().orElseThrow());
  }

  @Test
  void sharesTheRoutesOfEventsThatAreFiledAlike() {
    write(started("r1"));

    assertTrue(write(DELTA).routes() == write(DELTA).routes());
  }

  @Test
  void forgetsARunThatWasSilentForLong() {
    write(started("r1"));
    now += Duration.ofHours(1).toMillis();
    index.forgetSilent(now);
    assertEquals(List.of("r1"), inProgress());
    now += 1;
    index.forgetSilent(now);

    assertEquals(List.of(), inProgress());
    assertEquals(0, index.size());
    assertEquals(1, registry.get("millrace.runs.forgotten").tag("reason", "silent").counter().count());
  }

  @Test
  void forgetsItAsWellWhenItsNextEventComesTooLate() {
    write(started("r1"));
    now += Duration.ofHours(1).toMillis() + 1;

    assertEquals(Set.of(), runs(write(DELTA)));
  }

  @Test
  void forgetsTheLongestSilentBeyondTheBound() {
    RunIndex small = new RunIndex(new Limits(10), new Meters(registry));
    IntStream.range(0, 12)
        .forEach(i -> small.place(AgUiRecords.event(i, "c" + i, started("r")), now, now));

    assertEquals(10, small.size());
    assertEquals(List.of(), small.inProgress("c1"));
    assertEquals(1, small.inProgress("c2").size());
    assertEquals(2, registry.get("millrace.runs.forgotten").tag("reason", "bound").counter().count());
  }

  @Test
  void boundsTheRunsOfOneConversation() {
    IntStream.range(0, 100).forEach(i -> write(started("r" + i)));

    assertEquals(ConversationRuns.MAX_RUNS, inProgress().size());
    assertEquals(ConversationRuns.MAX_RUNS, index.size());
  }

  @Test
  void countsConversationsOfUnknownRunsAgainstTheBound() {
    RunIndex small = new RunIndex(new Limits(10), new Meters(registry));
    IntStream.range(0, 100).forEach(i -> small.place(AgUiRecords.event(i, "c" + i, DELTA), now, now));

    assertEquals(10, small.size());
  }

  @Test
  void filesThePastAsItWasFiledWhenItWasNew() {
    // Given
    List<String> values =
        List.of(DELTA, started("r1"), DELTA, child("r2", "r1"), DELTA, finished("r2"), DELTA,
            finished("r1"), DELTA, started("r3"), DELTA, DELTA);
    List<Event> filed = values.stream().map(value -> write(value)).toList();

    for (int from = 1; from < values.size(); from++) {
      // When
      PastRuns past = new PastRuns(index);
      past.want(Set.of(new Route.Run("c", "r1")));
      List<Event> again =
          IntStream.range(from, values.size())
              .mapToObj(i -> past.place(AgUiRecords.event(i, "c", values.get(i))))
              .toList();

      // Then
      assertEquals(
          filed.subList(from, filed.size()).stream().map(RunIndexTest::runs).toList(),
          again.stream().map(RunIndexTest::runs).toList(),
          "from " + from);
    }
  }
}
