package io.millrace.telemetry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogPaceTest {

  private Instant now = Instant.EPOCH;
  private final LogPace pace = new LogPace(() -> now);

  @Test
  void saysAThingOnceAMinute() {
    assertTrue(pace.isDue("away"));
    now = now.plus(LogPace.INTERVAL).minusMillis(1);
    assertFalse(pace.isDue("away"));
    now = now.plusMillis(1);
    assertTrue(pace.isDue("away"));
  }

  @Test
  void saysEachOfTwoThatTakeTurnsOnceAMinute() {
    assertTrue(pace.isDue("away"));
    assertTrue(pace.isDue("refused"));
    assertFalse(pace.isDue("away"));
    assertFalse(pace.isDue("refused"));
  }

  @Test
  void saysAtOnceWhatGoesWrongAfterAllWasWell() {
    assertTrue(pace.isDue("away"));
    pace.forget();
    assertTrue(pace.isDue("away"));
  }

  @Test
  void isNotFloodedByATextThatDiffersEachTime() {
    long said = IntStream.range(0, 1000).filter(i -> pace.isDue("attempt " + i)).count();

    assertTrue(said <= LogPace.MAX_THINGS);
  }
}
