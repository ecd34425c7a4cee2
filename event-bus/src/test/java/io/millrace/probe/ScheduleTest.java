package io.millrace.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private static Schedule schedule(Phase phase, OptionalInt amount) {
    return Schedule.of(new ProbeRequest(phase, "r", Optional.empty(), amount));
  }

  /** Each step as "when:bytes", then the end. */
  private static String steps(Schedule schedule) {
    List<String> steps =
        IntStream.range(0, schedule.steps())
            .mapToObj(i -> schedule.step().apply(i))
            .map(step -> step.atMillis() + ":" + step.eventBytes())
            .toList();
    return String.join(" ", steps) + " | " + schedule.endMillis();
  }

  @ParameterizedTest
  @CsvSource({
    "SILENCE, 2000:200 | 2000",
    "SMALL, 0:200 250:200 500:200 750:200 1000:200 1250:200 1500:200 1750:200 2000:200 2250:200"
        + " | 2250",
    "LARGE, 0:3072 300:3072 600:6144 900:6144 1200:65536 1500:65536 | 1800"
  })
  void isAlwaysTheSame(Phase phase, String steps) {
    assertEquals(steps, steps(schedule(phase, OptionalInt.empty())));
  }

  @ParameterizedTest
  @CsvSource({
    "IDLE, 400, 0:200 400000:200 | 400000",
    "TOTAL, 1, 0:200 1000:200 | 1000",
    "TOTAL, 3, 0:200 1000:200 2000:200 3000:200 | 3000",
    "BYTES, 1, 0:1 | 0",
    "BYTES, 65536, 0:65536 | 0",
    "BYTES, 131073, 0:65536 0:65536 0:1 | 0",
    "HOLD, 1, 0:200 | 1000",
    "HOLD, 3, 0:200 1000:0 2000:0 | 3000"
  })
  void isAsLongAsWasAsked(Phase phase, int amount, String steps) {
    assertEquals(steps, steps(schedule(phase, OptionalInt.of(amount))));
  }

  @Test
  void holdsNothingOfALongOne() {
    Schedule longest = schedule(Phase.TOTAL, OptionalInt.of(4_000));

    assertEquals(4_001, longest.steps());
    assertEquals(new Schedule.Step(4_000_000, 200), longest.step().apply(4_000));
  }
}
