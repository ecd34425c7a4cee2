package io.millrace.bench.storm;

import io.millrace.bench.report.Metric;
import io.millrace.bench.report.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The lines of the report, in its order. */
final class StormMetrics {

  private StormMetrics() {}

  static List<Metric<StormFigures>> of(StormOptions options) {
    List<Metric<StormFigures>> all = new ArrayList<>(closed(options.atOnce));
    all.addAll(atOnce(options.clients));
    all.add(
        Metric.of(
            "reconnects/s of a server that has just started",
            "%,.0f",
            round -> round.first().perSecond()));
    return all;
  }

  private static List<Metric<StormFigures>> closed(int atOnce) {
    String mode = String.format(Locale.ROOT, ", %,d at a time", atOnce);
    return List.of(
        closed("reconnects/s" + mode, "%,.0f", Wave::perSecond)
            .wanted(Target.atLeast(10_000, "/s")),
        closed(
            "connect to last missed event, p50" + mode + ", ms", "%.1f", wave -> wave.millis(50)),
        closed("connect to last missed event, p99" + mode + ", ms", "%.1f", wave -> wave.millis(99))
            .wanted(Target.atMost(250, " ms")),
        closed("server CPU per reconnect" + mode + ", µs", "%.1f", Wave::serverMicrosEach),
        closed("of it in the kernel, µs", "%.1f", Wave::kernelMicrosEach),
        closed("client CPU per reconnect" + mode + ", µs", "%.1f", Wave::clientMicrosEach));
  }

  private static List<Metric<StormFigures>> atOnce(int clients) {
    String mode = String.format(Locale.ROOT, ", all %,d at once", clients);
    return List.of(
        atOnce("reconnects/s" + mode, "%,.0f", Wave::perSecond),
        atOnce(
            "connect to last missed event, p50" + mode + ", ms", "%.1f", wave -> wave.millis(50)),
        atOnce(
            "connect to last missed event, p99" + mode + ", ms", "%.1f", wave -> wave.millis(99)),
        atOnce("server CPU per reconnect" + mode + ", µs", "%.1f", Wave::serverMicrosEach),
        atOnce("connections that found the accept queue full", "%,.0f", Wave::queueOverflows));
  }

  private static Metric<StormFigures> closed(
      String name, String format, ToDoubleFunction<Wave> value) {
    return Metric.of(name, format, round -> round.closed(value));
  }

  private static Metric<StormFigures> atOnce(
      String name, String format, ToDoubleFunction<Wave> value) {
    return Metric.of(name, format, round -> round.atOnce(value));
  }
}
