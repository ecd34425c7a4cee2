package io.millrace.bench.storm;

import io.millrace.bench.report.Comparison;
import io.millrace.bench.report.Section;
import io.millrace.bench.stream.DeliveryCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run of the scenario showed. */
final class StormReport {

  private final StormOptions options;
  private final Map<String, List<StormFigures>> rounds = new LinkedHashMap<>();
  private final Set<String> versions = new LinkedHashSet<>();

  StormReport(StormOptions options) {
    this.options = options;
  }

  void add(String server, String version, StormFigures round) {
    versions.add(version);
    rounds.computeIfAbsent(server, name -> new ArrayList<>()).add(round);
  }

  boolean isWhole() {
    return rounds.values().stream().flatMap(List::stream).allMatch(r -> r.check().isExactlyOnce());
  }

  Section section(String command, List<String> machine, String placement) {
    List<String> environment = new ArrayList<>(machine);
    environment.addAll(versions);
    environment.add(placement);
    Comparison<StormFigures> comparison = new Comparison<>(StormMetrics.of(options), rounds);
    return new Section(
        "storm: everyone comes back at once"
            + (options.own ? ", each for events of its own" : "")
            + (options.freshTokens ? ", with tokens not seen before" : ""),
        "%,d clients, each missing %d events held in memory; medians of %d rounds of %d waves on a warm server"
            .formatted(options.clients, options.missed, options.rounds, options.waves),
        command,
        environment,
        List.of(
            comparison.table(true),
            "Every client of every wave:",
            checks(),
            "Every round:",
            comparison.everyRound("server")));
  }

  private String checks() {
    List<String> lines = new ArrayList<>();
    rounds.forEach(
        (server, figures) ->
            lines.add(
                server
                    + ": "
                    + figures.stream()
                        .map(StormFigures::check)
                        .reduce(DeliveryCheck.NONE, DeliveryCheck::and)
                        .summary()));
    return Section.list(lines);
  }
}
