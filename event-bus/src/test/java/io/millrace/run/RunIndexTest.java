package io.millrace.run;

import static io.millrace.run.WrittenRuns.DELTA;
import static io.millrace.run.WrittenRuns.runs;
import static io.millrace.run.WrittenRuns.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which runs are known, and when they are forgotten. */
class RunIndexTest {

  private final WrittenRuns written = new WrittenRuns(1000);

  @Test
  void saysThatSomethingBeganBeforeWhatIsKnown() {
    written.write(DELTA);
    assertTrue(written.index.hasUnknownBegin("c"));
    written.write(started("r1"));
    assertFalse(written.index.hasUnknownBegin("c"));
    written.write(DELTA, "runid=r0");
    assertTrue(written.index.hasUnknownBegin("c"));
  }

  @Test
  void forgetsARunThatWasSilentForLong() {
    written.write(started("r1"));
    written.now += Duration.ofHours(1).toMillis();
    written.index.forgetSilent(written.now);
    assertEquals(List.of("r1"), written.inProgress());
    written.now += 1;
    written.index.forgetSilent(written.now);

    assertEquals(List.of(), written.inProgress());
    assertEquals(0, written.index.size());
    assertEquals(1, written.forgotten("silent"));
  }

  @Test
  void forgetsItAsWellWhenItsNextEventComesTooLate() {
    written.write(started("r1"));
    written.now += Duration.ofHours(1).toMillis() + 1;

    assertEquals(Set.of(), runs(written.write(DELTA)));
  }

  @Test
  void forgetsTheLongestSilentBeyondTheBound() {
    WrittenRuns small = new WrittenRuns(10);
    IntStream.range(0, 12).forEach(i -> small.writeTo("c" + i, started("r")));

    assertEquals(10, small.index.size());
    assertEquals(List.of(), small.index.inProgress("c1"));
    assertEquals(1, small.index.inProgress("c2").size());
    assertEquals(2, small.forgotten("bound"));
  }

  @Test
  void boundsTheRunsOfOneConversation() {
    IntStream.range(0, 100).forEach(i -> written.write(started("r" + i)));

    assertEquals(ConversationRuns.MAX_RUNS, written.inProgress().size());
    assertEquals(ConversationRuns.MAX_RUNS, written.index.size());
  }

  @Test
  void countsConversationsOfUnknownRunsAgainstTheBound() {
    WrittenRuns small = new WrittenRuns(10);
    IntStream.range(0, 100).forEach(i -> small.writeTo("c" + i, DELTA));

    assertEquals(10, small.index.size());
  }
}
