package io.millrace.run;

import static io.millrace.run.WrittenRuns.DELTA;
import static io.millrace.run.WrittenRuns.child;
import static io.millrace.run.WrittenRuns.finished;
import static io.millrace.run.WrittenRuns.runs;
import static io.millrace.run.WrittenRuns.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which events are of which runs. */
class RunFilingTest {

  private final WrittenRuns written = new WrittenRuns(1000);

  @Test
  void filesEventsThatNameNoRunUnderTheOneInProgress() {
    written.write(started("r1"));
    Event delta = written.write(DELTA);
    Event end = written.write(finished("r1"));

    assertEquals(Set.of("r1"), runs(delta));
    assertEquals(Set.of("r1"), runs(end));
    assertEquals(Set.of(), runs(written.write(DELTA)));
    assertTrue(end.ends().isPresent());
    Run run = written.find("r1");
    assertEquals(0, run.begin());
    assertEquals(2, run.end());
  }

  @Test
  void endsTheOneInProgressWithAnErrorThatNamesNone() {
    written.write(started("r1"));
    Event error = written.write("{\"type\":\"RUN_ERROR\",\"message\":\"no\"}");

    assertEquals(new Route.Run("c", "r1"), error.ends().orElseThrow());
    assertEquals(List.of(), written.inProgress());
  }

  @Test
  void tellsRunsSideBySideApartByWhatTheyName() {
    written.write(started("r1"));
    written.write(started("r2"));

    assertEquals(Set.of(), runs(written.write(DELTA)));
    assertEquals(Set.of("r1"), runs(written.write(DELTA, "runid=r1")));
    written.write(finished("r1"));
    assertEquals(Set.of("r2"), runs(written.write(DELTA)));
  }

  @Test
  void filesARunInsideAnotherUnderBoth() {
    written.write(started("r1"));
    Event inner = written.write(child("r2", "r1"));
    Event delta = written.write(DELTA);
    Event end = written.write(finished("r2"));

    assertEquals(Set.of("r1", "r2"), runs(inner));
    assertEquals(Set.of("r1", "r2"), runs(delta));
    assertEquals(new Route.Run("c", "r2"), end.ends().orElseThrow());
    assertEquals(Set.of("r1"), runs(written.write(DELTA)));
  }

  @Test
  void doesNotFileARunUnderTheOneItFollowsOn() {
    written.write(started("r1"));
    written.write(finished("r1"));

    assertEquals(Set.of("r2"), runs(written.write(child("r2", "r1"))));
  }

  @Test
  void filesASubagentUnderItsRunAndEndsItWithIt() {
    written.write(started("r1"));
    written.write("{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s1\",\"name\":\"x\"}");
    written.write(
        "{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s2\",\"parentSubagentRunId\":\"s1\"}");
    Event inner = written.write(DELTA.replace("{", "{\"subagentRunId\":\"s2\","));
    Event outer = written.write(DELTA);

    assertEquals(Set.of("r1", "s1", "s2"), runs(inner));
    assertEquals(Set.of("r1"), runs(outer));
    written.write(finished("r1"));
    assertEquals(List.of(), written.inProgress());
  }

  @Test
  void takesASecondStartForOneOfItsEvents() {
    written.write(started("r1"));
    written.write(DELTA);
    written.write(started("r1"));

    assertEquals(0, written.find("r1").begin());
    assertEquals(List.of("r1"), written.inProgress());
  }

  @Test
  void beginsAnewWhatStartsAgainAfterItsEnd() {
    written.write(started("r1"));
    written.write(finished("r1"));
    written.write(started("r1"));

    assertEquals(2, written.find("r1").begin());
    assertEquals(List.of("r1"), written.inProgress());
  }

  @Test
  void knowsAnEndWithoutAStart() {
    Event end = written.write(finished("r1"));

    Run run = written.find("r1");
    assertFalse(run.isInProgress());
    assertFalse(run.isBeginKnown());
    assertEquals(new Route.Run("c", "r1"), end.ends().orElseThrow());
  }

  @Test
  void leavesOtherVocabulariesToTheirHeaders() {
    written.write("{\"n\":1}", "runid=r1", "ce_type=RUN_STARTED");
    Event member = written.write("{\"n\":2}", "runid=r1", "ce_type=token");
    Event stranger = written.write("{\"n\":3}");
    Event end = written.write("{\"n\":4}", "runid=r1", "ce_type=RUN_FINISHED");

    assertEquals(Set.of("r1"), runs(member));
    assertEquals(Set.of(), runs(stranger));
    assertEquals(new Route.Run("c", "r1"), end.ends().orElseThrow());
  }

  @Test
  void sharesTheRoutesOfEventsThatAreFiledAlike() {
    written.write(started("r1"));

    assertTrue(written.write(DELTA).routes() == written.write(DELTA).routes());
  }

  @Test
  void filesThePastAsItWasFiledWhenItWasNew() {
    // Given
    List<String> values =
        List.of(
            DELTA,
            started("r1"),
            DELTA,
            child("r2", "r1"),
            DELTA,
            finished("r2"),
            DELTA,
            finished("r1"),
            DELTA,
            started("r3"),
            DELTA,
            DELTA);
    List<Event> filed = values.stream().map(value -> written.write(value)).toList();

    for (int from = 1; from < values.size(); from++) {
      // When
      PastRuns past = new PastRuns(written.index);
      past.want(Set.of(new Route.Run("c", "r1")));
      List<Event> again =
          IntStream.range(from, values.size())
              .mapToObj(i -> past.place(AgUiRecords.event(i, "c", values.get(i))))
              .toList();

      // Then
      assertEquals(
          filed.subList(from, filed.size()).stream().map(WrittenRuns::runs).toList(),
          again.stream().map(WrittenRuns::runs).toList(),
          "from " + from);
    }
  }
}
