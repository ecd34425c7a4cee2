package io.millrace.bench.fanout;

import io.millrace.bench.report.Metric;
import io.millrace.bench.report.Target;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The lines of the report, in its order. */
final class FanoutMetrics {

  static final Target CPU_RATIO = Target.ratioAtMost(0.75);
  static final Target SATURATED_RATIO = Target.ratioAtLeast(1.4);
  static final Target IDLE_BYTES = Target.atMost(8 * 1024, "").called("≤ 8 KiB");

  private FanoutMetrics() {}

  static List<Metric<RoundFigures>> of(FanoutOptions options) {
    String paced = String.format(Locale.ROOT, "at %,.0f/s", options.rate * options.streams);
    String saturated = options.inFlight + " events in flight";
    String burst = options.burst + " events in flight";
    return List.of(
        metric(
                "server CPU per delivery, " + paced + ", µs",
                "%.2f",
                round -> round.paced().serverCpuMicrosPerDelivery())
            .wanted(CPU_RATIO),
        metric(
            "of it in the kernel, µs",
            "%.2f",
            round -> round.paced().serverSystemMicrosPerDelivery()),
        metric("events per write, " + paced, "%.2f", round -> round.paced().eventsPerWrite()),
        metric("latency p50, " + paced + ", ms", "%.1f", round -> round.paced().latencyMillis(50)),
        metric("latency p99, " + paced + ", ms", "%.1f", round -> round.paced().latencyMillis(99)),
        metric(
                "saturated deliveries/s, " + saturated,
                "%,.0f",
                round -> round.saturated().deliveriesPerSecond())
            .wanted(SATURATED_RATIO),
        metric(
            "server CPU per delivery, " + saturated + ", µs",
            "%.2f",
            round -> round.saturated().serverCpuMicrosPerDelivery()),
        metric("events per write, " + saturated, "%.2f", r -> r.saturated().eventsPerWrite()),
        metric("server cores used, " + saturated, "%.2f", r -> r.saturated().serverCores()),
        metric("client cores used, " + saturated, "%.2f", r -> r.saturated().clientCores()),
        metric("deliveries/s, " + burst, "%,.0f", round -> round.burst().deliveriesPerSecond()),
        metric("events per write, " + burst, "%.2f", round -> round.burst().eventsPerWrite()),
        metric("client cores used, " + burst, "%.2f", round -> round.burst().clientCores()),
        metric(
                String.format(Locale.ROOT, "RSS per idle stream (%,d), bytes", options.idleStreams),
                "%,.0f",
                RoundFigures::idleBytesPerStream)
            .wanted(IDLE_BYTES),
        metric("bytes on the wire per event", "%.0f", round -> round.paced().bytesPerDelivery()));
  }

  private static Metric<RoundFigures> metric(
      String name, String format, ToDoubleFunction<RoundFigures> value) {
    return Metric.of(name, format, value);
  }
}
