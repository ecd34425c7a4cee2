package io.millrace.bench.runs;

import io.millrace.bench.report.Metric;
import io.millrace.bench.report.Target;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What late joiners of one long run showed.
 *
 * @param frames of one join
 */
record JoinFigures(List<Join> joins, double frames) {

  private double percentileMillis(double percentile, ToDoubleFunction<Join> nanos) {
    double[] sorted = joins.stream().mapToDouble(nanos).sorted().toArray();
    int index = (int) Math.ceil(percentile / 100 * sorted.length) - 1;
    return sorted[Math.max(0, index)] / 1e6;
  }

  static List<Metric<JoinFigures>> metrics() {
    return List.of(
        Metric.<JoinFigures>of(
                "first bytes, ms, median", "%.1f", f -> f.percentileMillis(50, Join::firstNanos))
            .wanted(Target.atMost(30, " ms")),
        Metric.of(
            "first bytes, ms, slowest", "%.1f", f -> f.percentileMillis(100, Join::firstNanos)),
        Metric.<JoinFigures>of(
                "whole run, ms, median", "%.0f", f -> f.percentileMillis(50, Join::wholeNanos))
            .wanted(Target.atMost(300, " ms")),
        Metric.of("whole run, ms, slowest", "%.0f", f -> f.percentileMillis(100, Join::wholeNanos)),
        Metric.<JoinFigures>of("frames of a join", "%.0f", JoinFigures::frames)
            .wanted(Target.atMost(100, "")));
  }
}
