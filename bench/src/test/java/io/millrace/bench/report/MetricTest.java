package io.millrace.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

  private static final Target CPU_RATIO = Target.ratioAtMost(0.75);
  private static final Target SATURATED_RATIO = Target.ratioAtLeast(1.4);
  private static final Target IDLE_BYTES = Target.atMost(8 * 1024, "").called("≤ 8 KiB");

  private final Metric<Double> idle = Metric.of("idle", "%,.0f", bytes -> bytes);

  @Test
  void takesTheMiddleRound() {
    // When
    double median = idle.median(List.of(9_000.0, 100.0, 5_000.0));

    // Then
    assertEquals(5_000, median);
  }

  @Test
  void takesTheMeanOfTheTwoMiddleRounds() {
    // When
    double median = idle.median(List.of(1.0, 3.0, 5.0, 100.0));

    // Then
    assertEquals(4, median);
  }

  @Test
  void saysWhichTargetIsMet() {
    assertEquals("ratio ≤ 0.75: met", CPU_RATIO.verdict(5, 0.75, true));
    assertEquals("ratio ≤ 0.75: **missed**", CPU_RATIO.verdict(5, 0.76, true));
    assertEquals("ratio ≥ 1.4: met", SATURATED_RATIO.verdict(5, 1.4, true));
    assertEquals("ratio ≥ 1.4: **missed**", SATURATED_RATIO.verdict(5, 1.39, true));
    assertEquals("≤ 8 KiB: met", IDLE_BYTES.verdict(8_192, 2, true));
    assertEquals("≤ 8 KiB: **missed**", IDLE_BYTES.verdict(8_193, 0.1, true));
  }

  @Test
  void judgesNoRatioOfABusyMachine() {
    assertEquals("ratio ≤ 0.75: not judged, see caveats", CPU_RATIO.verdict(5, 0.5, false));
    assertEquals("≤ 8 KiB: met", IDLE_BYTES.verdict(100, 0.5, false));
  }

  @Test
  void judgesNoRatioWithoutAPeer() {
    assertEquals("ratio ≤ 0.75", CPU_RATIO.verdict(5, Double.NaN, true));
  }
}
