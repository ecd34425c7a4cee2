package io.millrace.bench.fanout;

import io.millrace.bench.contender.Contender;
import io.millrace.bench.report.Comparison;
import io.millrace.bench.report.Section;
import io.millrace.bench.stream.DeliveryCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run of the scenario showed. */
final class FanoutReport {

  private final FanoutOptions options;
  private final Map<Contender, List<RoundFigures>> figures;

  FanoutReport(FanoutOptions options, Map<Contender, List<RoundFigures>> figures) {
    this.options = options;
    this.figures = figures;
  }

  boolean isExactlyOnce() {
    return figures.values().stream()
        .flatMap(List::stream)
        .allMatch(round -> round.check().isExactlyOnce());
  }

  Section section(String command, List<String> machine) {
    Map<String, List<RoundFigures>> columns = new LinkedHashMap<>();
    figures.forEach((contender, rounds) -> columns.put(contender.name(), rounds));
    Comparison<RoundFigures> comparison = new Comparison<>(FanoutMetrics.of(options), columns);
    String caveats = caveats();
    return new Section(
        "fanout: one event, every stream",
        "medians of " + options.rounds + " rounds in turns, a fresh server each",
        command,
        environment(machine),
        List.of(
            comparison.table(caveats.isEmpty()),
            caveats,
            "Deliveries of all rounds, warm-up included:",
            checks(),
            "Every round:",
            comparison.everyRound("server")));
  }

  private List<String> environment(List<String> machine) {
    List<String> lines = new ArrayList<>(machine);
    figures.keySet().forEach(contender -> lines.add(contender.version()));
    lines.add(
        options.noPin
            ? "nothing pinned: the figures do not compare"
            : "server on one core with one event loop or worker; client, publisher and broker on the rest");
    return lines;
  }

  /** Above all on a busy machine: a figure that must not be taken at its word. */
  private String caveats() {
    Caveats caveats = new Caveats(options);
    List<String> all =
        figures.entrySet().stream()
            .flatMap(each -> caveats.of(each.getKey().name(), each.getValue()).stream())
            .toList();
    return all.isEmpty()
        ? ""
        : "**Caveats of this run**, for which no ratio is judged; run it again on a quiet machine:\n\n"
            + Section.list(all);
  }

  private String checks() {
    return figures.entrySet().stream()
        .map(each -> "- " + each.getKey().name() + ": " + checkText(each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String checkText(List<RoundFigures> rounds) {
    return rounds.stream()
        .map(RoundFigures::check)
        .reduce(DeliveryCheck.NONE, DeliveryCheck::and)
        .summary();
  }
}
