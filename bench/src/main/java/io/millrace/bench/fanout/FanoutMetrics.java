package io.millrace.bench.fanout;

import static io.millrace.bench.fanout.Metric.Target.CPU_RATIO;
import static io.millrace.bench.fanout.Metric.Target.IDLE_BYTES;
import static io.millrace.bench.fanout.Metric.Target.SATURATED_RATIO;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The lines of the report, in its order. */
final class FanoutMetrics {

  private FanoutMetrics() {}

  static List<Metric> of(FanoutOptions options) {
    String paced = String.format(Locale.ROOT, "at %,.0f/s", options.rate * options.streams);
    String saturated = options.inFlight + " events in flight";
    String burst = options.burst + " events in flight";
    return List.of(
        new Metric(
            "server CPU per delivery, " + paced + ", µs",
            "%.2f",
            round -> round.paced().serverCpuMicrosPerDelivery(),
            CPU_RATIO),
        metric(
            "of it in the kernel, µs",
            "%.2f",
            round -> round.paced().serverSystemMicrosPerDelivery()),
        metric("events per write, " + paced, "%.2f", round -> round.paced().eventsPerWrite()),
        metric("latency p50, " + paced + ", ms", "%.1f", round -> round.paced().latencyMillis(50)),
        metric("latency p99, " + paced + ", ms", "%.1f", round -> round.paced().latencyMillis(99)),
        new Metric(
            "saturated deliveries/s, " + saturated,
            "%,.0f",
            round -> round.saturated().deliveriesPerSecond(),
            SATURATED_RATIO),
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
        new Metric(
            String.format(Locale.ROOT, "RSS per idle stream (%,d), bytes", options.idleStreams),
            "%,.0f",
            RoundFigures::idleBytesPerStream,
            IDLE_BYTES),
        metric("bytes on the wire per event", "%.0f", round -> round.paced().bytesPerDelivery()));
  }

  private static Metric metric(String name, String format, ToDoubleFunction<RoundFigures> value) {
    return new Metric(name, format, value, null);
  }
}
