package io.millrace.bench.fanout;

import io.millrace.bench.contender.Contender;
import io.millrace.bench.load.DeliveryCheck;
import io.millrace.bench.measure.Machine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run of the scenario showed, as a section of Markdown. */
final class FanoutReport {

  private final String command;
  private final FanoutOptions options;
  private final List<String> machine;
  private final Map<Contender, List<RoundFigures>> figures;
  private final List<Metric> metrics;

  FanoutReport(
      String command,
      FanoutOptions options,
      List<String> machine,
      Map<Contender, List<RoundFigures>> figures) {
    this.command = command;
    this.options = options;
    this.machine = machine;
    this.figures = figures;
    this.metrics = FanoutMetrics.of(options);
  }

  boolean isExactlyOnce() {
    return figures.values().stream()
        .flatMap(List::stream)
        .allMatch(round -> round.check().isExactlyOnce());
  }

  String markdown() {
    return String.join(
        "\n",
        "## fanout: one event, every stream",
        "",
        Instant.now().truncatedTo(ChronoUnit.MINUTES)
            + ", commit "
            + commit()
            + "; medians of "
            + options.rounds
            + " rounds in turns, a fresh server each.",
        "",
        "```",
        command,
        "```",
        "",
        environment(),
        "",
        table(),
        caveats(),
        "",
        "Deliveries of all rounds, warm-up included:",
        "",
        checks(),
        "",
        "Every round:",
        "",
        everyRound(),
        "");
  }

  private static String commit() {
    return Machine.firstLineOf("git", "rev-parse", "--short", "HEAD");
  }

  private String environment() {
    List<String> lines = new ArrayList<>(machine);
    figures.keySet().forEach(contender -> lines.add(contender.version()));
    lines.add(
        options.noPin
            ? "nothing pinned: the figures do not compare"
            : "server on one core with one event loop or worker; client, publisher and broker on the rest");
    return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
  }

  String table() {
    List<List<RoundFigures>> columns = List.copyOf(figures.values());
    String names =
        figures.keySet().stream().map(Contender::name).collect(Collectors.joining(" | "));
    StringBuilder table = new StringBuilder("| | " + names + " | ratio | target |\n");
    table.append("|---|").append("---:|".repeat(columns.size() + 1)).append("---|\n");
    boolean sound = caveats().isEmpty();
    for (Metric metric : metrics) {
      List<Double> medians = columns.stream().map(metric::median).toList();
      double ratio = medians.size() == 2 ? medians.get(0) / medians.get(1) : Double.NaN;
      table.append("| ").append(metric.name()).append(" | ");
      medians.forEach(median -> table.append(metric.text(median)).append(" | "));
      table.append(Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio));
      Metric.Target target = metric.target();
      table
          .append(" | ")
          .append(target == null ? "" : target.verdict(medians.get(0), ratio, sound));
      table.append(" |\n");
    }
    return table.toString().stripTrailing();
  }

  /** Above all on a busy machine: a figure that must not be taken at its word. */
  String caveats() {
    Caveats caveats = new Caveats(options);
    String all =
        figures.entrySet().stream()
            .flatMap(each -> caveats.of(each.getKey().name(), each.getValue()).stream())
            .map(each -> "- " + each)
            .collect(Collectors.joining("\n"));
    return all.isEmpty()
        ? ""
        : "\n**Caveats of this run**, for which no ratio is judged; run it again on a quiet machine:\n\n"
            + all;
  }

  private String checks() {
    return figures.entrySet().stream()
        .map(each -> "- " + each.getKey().name() + ": " + checkText(each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String checkText(List<RoundFigures> rounds) {
    DeliveryCheck all =
        rounds.stream().map(RoundFigures::check).reduce(DeliveryCheck::and).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%,d delivered, %d missing, %d repeated or out of order, %d control events, %d streams lost",
        all.delivered(),
        all.missing(),
        all.repeated(),
        all.control(),
        all.lost());
  }

  private String everyRound() {
    StringBuilder table = new StringBuilder("| round | server |");
    metrics.forEach(metric -> table.append(' ').append(metric.name()).append(" |"));
    table.append("\n|---|---|").append("---:|".repeat(metrics.size())).append('\n');
    for (int i = 0; i < options.rounds; i++) {
      int round = i;
      figures.forEach(
          (contender, rounds) -> {
            table.append("| ").append(round + 1).append(" | ").append(contender.name());
            RoundFigures one = rounds.get(round);
            metrics.forEach(
                metric ->
                    table.append(" | ").append(metric.text(metric.value().applyAsDouble(one))));
            table.append(" |\n");
          });
    }
    return table.toString().stripTrailing();
  }
}
