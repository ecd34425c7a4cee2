package io.millrace.bench.runs;

import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.report.Metric;
import io.millrace.bench.report.Target;
import io.millrace.bench.stream.DeliveryCheck;
import java.util.List;

/**
 * What conversations showed that were followed live.
 *
 * @param load the tokens that clients got, merged or not
 * @param tokens that were published meanwhile
 * @param frames that carried them
 * @param runBytes heap that a known run takes; NaN where that was not looked at
 * @param check of every client over the whole round
 */
record StreamFigures(
    LoadFigure load, long tokens, double frames, double runBytes, DeliveryCheck check) {

  private double framesPerToken() {
    return frames / load.deliveries();
  }

  private double cpuMicrosPerToken() {
    return load.serverCpuNanos() / 1e3 / tokens;
  }

  /** The first column is one by one, the second merged. */
  static List<Metric<StreamFigures>> ofMerging() {
    return List.of(
        Metric.<StreamFigures>of("latency p50, ms", "%.1f", f -> f.load.latencyMillis(50))
            .wanted(Target.atMost(3, " ms")),
        Metric.<StreamFigures>of("latency p99, ms", "%.1f", f -> f.load.latencyMillis(99))
            .wanted(Target.atMost(15, " ms")),
        Metric.of("tokens/s", "%,.0f", f -> f.tokens * 1e9 / f.load.nanos()),
        Metric.<StreamFigures>of("frames per token", "%.2f", StreamFigures::framesPerToken)
            .wanted(Target.ratioAtLeast(2)),
        Metric.<StreamFigures>of("server CPU per token, µs", "%.1f", f -> f.cpuMicrosPerToken())
            .wanted(Target.ratioAtLeast(1.7)),
        Metric.of("server cores used", "%.2f", f -> f.load.serverCores()),
        Metric.of("client, publisher and broker, cores used", "%.2f", f -> f.load.clientCores()));
  }

  /** The first column is of many conversations, the second of few. */
  static List<Metric<StreamFigures>> ofKnown() {
    return List.of(
        Metric.<StreamFigures>of("server CPU per record, µs", "%.1f", f -> f.cpuMicrosPerToken())
            .wanted(Target.ratioAtMost(1.3)),
        Metric.of("latency p50, ms", "%.1f", f -> f.load.latencyMillis(50)),
        Metric.of("latency p99, ms", "%.1f", f -> f.load.latencyMillis(99)),
        Metric.of("heap per known run, bytes", "%,.0f", StreamFigures::runBytes),
        Metric.of("server cores used", "%.2f", f -> f.load.serverCores()),
        Metric.of("client, publisher and broker, cores used", "%.2f", f -> f.load.clientCores()));
  }
}
