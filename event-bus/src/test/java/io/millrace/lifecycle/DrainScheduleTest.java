package io.millrace.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainScheduleTest {

  private static final Duration WINDOW = Duration.ofSeconds(20);
  private static final long START = 1_000_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 100, 8000, 100_000})
  void endsNoMoreThanTwiceTheMeanInAnySecond(int streams) {
    // Given
    DrainSchedule schedule = new DrainSchedule(START, WINDOW, streams);

    // When
    int busiest =
        IntStream.range(0, 200)
            .map(turn -> remaining(schedule, turn) - remaining(schedule, turn + 10))
            .max()
            .orElseThrow();

    // Then
    double mean = streams / 20.0;
    assertTrue(busiest <= Math.max(2 * mean, 1), busiest + " of " + streams);
  }

  private static int remaining(DrainSchedule schedule, int turn) {
    return schedule.remaining(START + turn * 100L);
  }

  @Test
  void waitsUntilProxiesHaveHeardAndLeavesTimeForTheLastBytes() {
    // When
    DrainSchedule schedule = new DrainSchedule(START, WINDOW, 100);

    // Then
    assertEquals(100, schedule.remaining(START));
    assertEquals(100, schedule.remaining(START + 2_000));
    assertEquals(50, schedule.remaining(START + 10_000));
    assertEquals(1, schedule.remaining(START + 17_990));
    assertEquals(0, schedule.remaining(START + 18_000));
    assertEquals(0, schedule.remaining(START + 60_000));
  }

  @Test
  void endsAllAtOnceWithoutAWindow() {
    // When
    DrainSchedule schedule = new DrainSchedule(START, Duration.ZERO, 100);

    // Then
    assertEquals(0, schedule.remaining(START));
  }
}
