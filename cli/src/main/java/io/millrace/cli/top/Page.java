package io.millrace.cli.top;

import static io.millrace.cli.top.Words.bytes;
import static io.millrace.cli.top.Words.count;
import static io.millrace.cli.top.Words.span;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** One page of text: what a replica is doing, a line for each question. */
final class Page {

  private static final String LATENCY = "millrace_delivery_latency_seconds";
  private static final String NOTHING = "-";

  private final URI replica;
  private final Figures figures;
  private final Scrape now;
  private final StringBuilder text = new StringBuilder();

  private Page(URI replica, Figures figures) {
    this.replica = replica;
    this.figures = figures;
    this.now = figures.now();
  }

  static String of(URI replica, Figures figures) {
    return new Page(replica, figures).text();
  }

  private String text() {
    line("replica", replica + "  " + who() + "  " + state());
    line(
        "streams",
        "%s of %s  opened %s/s  closed %s/s"
            .formatted(
                gauge("millrace_subscribers"),
                gauge("millrace_limits_max_streams"),
                rate("millrace_streams_opened_total"),
                rate("millrace_streams_closed_total")));
    line(
        "events",
        "in %s/s  out %s/s  %s/s"
            .formatted(
                rate("millrace_events_read_total"),
                rate("millrace_deliveries_total"),
                bytes(figures.rate("millrace_delivered_bytes_total"))));
    line("latency", "p50 " + quantile(0.5) + "  p99 " + quantile(0.99));
    line("kafka", kafka());
    line(
        "tail",
        "%s of %s  %s back"
            .formatted(
                bytes(now.sum("millrace_tail_bytes")),
                bytes(now.sum("millrace_tail_max_bytes")),
                span(Duration.ofSeconds((long) now.sum("millrace_tail_age_seconds")))));
    line(
        "replay",
        "%s waiting  %s of %s readers busy"
            .formatted(
                gauge("millrace_replay_waiting"),
                gauge("millrace_replay_readers_busy"),
                gauge("millrace_replay_readers")));
    line("behind", list(now.by("state", "millrace_subscribers_behind"), ""));
    line("closed", list(figures.rates("reason", "millrace_streams_closed_total"), "/s"));
    line("rejected", list(figures.rates("reason", "millrace_rejections_total"), "/s"));
    line("resets", list(figures.rates("reason", "millrace_resets_total"), "/s"));
    line("faults", list(figures.rates("where", "millrace_fences_total"), "/s"));
    return text.toString();
  }

  private void line(String name, String value) {
    text.append("%-9s %s%n".formatted(name, value));
  }

  private String who() {
    return now.named("millrace_build_info")
        .map(info -> info.label("service") + " " + info.label("version"))
        .findFirst()
        .orElse("no replica of Millrace");
  }

  private String state() {
    String state =
        now.sum("millrace_draining") == 1
            ? "draining"
            : now.sum("millrace_ready") == 1 ? "ready" : "NOT READY";
    Duration up =
        Duration.ofMillis(
            now.at().toEpochMilli() - (long) (1000 * now.sum("process_start_time_seconds")));
    return state + ", up for " + span(up);
  }

  private String kafka() {
    String connected = now.sum("millrace_kafka_connected") == 1 ? "connected" : "NOT CONNECTED";
    return connected + "  lag " + gauge("millrace_kafka_lag");
  }

  private String gauge(String name) {
    return count(now.sum(name));
  }

  private String rate(String name) {
    return count(figures.rate(name));
  }

  private String quantile(double q) {
    OptionalDouble seconds = figures.quantile(q, LATENCY);
    return seconds.isPresent()
        ? String.format(Locale.ROOT, "%.1f ms", 1000 * seconds.getAsDouble())
        : NOTHING;
  }

  private static String list(Map<String, Double> values, String unit) {
    return values.isEmpty()
        ? NOTHING
        : values.entrySet().stream()
            .map(value -> value.getKey() + " " + count(value.getValue()) + unit)
            .collect(Collectors.joining("  "));
  }
}
