package io.millrace.bench.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.bench.fanout.Metric.Target;
import io.millrace.bench.load.DeliveryCheck;
import io.millrace.bench.measure.LoadFigure;
import java.util.List;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MetricTest {

  private final Metric idle =
      new Metric("idle", "%,.0f", RoundFigures::idleBytesPerStream, Target.IDLE_BYTES);

  @Test
  void takesTheMiddleRound() {
    // When
    double median = idle.median(rounds(9_000, 100, 5_000));

    // Then
    assertEquals(5_000, median);
  }

  @Test
  void takesTheMeanOfTheTwoMiddleRounds() {
    // When
    double median = idle.median(rounds(1, 3, 5, 100));

    // Then
    assertEquals(4, median);
  }

  @Test
  void saysWhichTargetIsMet() {
    assertEquals("ratio ≤ 0.75: met", Target.CPU_RATIO.verdict(5, 0.75, true));
    assertEquals("ratio ≤ 0.75: **missed**", Target.CPU_RATIO.verdict(5, 0.76, true));
    assertEquals("ratio ≥ 1.4: met", Target.SATURATED_RATIO.verdict(5, 1.4, true));
    assertEquals("ratio ≥ 1.4: **missed**", Target.SATURATED_RATIO.verdict(5, 1.39, true));
    assertEquals("≤ 8 KiB: met", Target.IDLE_BYTES.verdict(8_192, 2, true));
    assertEquals("≤ 8 KiB: **missed**", Target.IDLE_BYTES.verdict(8_193, 0.1, true));
  }

  @Test
  void judgesNoRatioOfABusyMachine() {
    assertEquals("ratio ≤ 0.75: not judged, see caveats", Target.CPU_RATIO.verdict(5, 0.5, false));
    assertEquals("≤ 8 KiB: met", Target.IDLE_BYTES.verdict(100, 0.5, false));
  }

  @Test
  void judgesNoRatioWithoutAPeer() {
    assertEquals("ratio ≤ 0.75", Target.CPU_RATIO.verdict(5, Double.NaN, true));
  }

  private static List<RoundFigures> rounds(double... idle) {
    LoadFigure load = new LoadFigure(1, 1, 1, 1, 1, 1, 1, new Histogram(3));
    DeliveryCheck check = new DeliveryCheck(1, 1, 1, 0, 0, 0, 0);
    return DoubleStream.of(idle)
        .mapToObj(bytes -> new RoundFigures(bytes, load, load, load, check))
        .toList();
  }
}
