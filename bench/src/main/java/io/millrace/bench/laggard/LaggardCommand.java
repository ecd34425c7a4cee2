package io.millrace.bench.laggard;

import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.contender.Site;
import io.millrace.bench.measure.OpenFiles;
import io.millrace.bench.report.Comparison;
import io.millrace.bench.report.Metric;
import io.millrace.bench.report.Section;
import io.millrace.bench.report.Target;
import io.millrace.bench.run.Placement;
import io.millrace.bench.run.RunOptions;
import io.millrace.bench.run.Workbench;
import io.millrace.bench.stream.DeliveryCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs rounds of a fresh server each. */
@Command(
    name = "laggard",
    description = "One client far behind beside live ones: its speed, and what they notice.",
    mixinStandardHelpOptions = true)
public final class LaggardCommand implements Callable<Integer> {

  private static final String BESIDE = "beside the laggard";
  private static final String ALONE = "without it";

  @Mixin LaggardOptions options = new LaggardOptions();
  @Mixin Placement placement = Placement.shared();
  @Mixin RunOptions run = new RunOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    int clients = options.live + 1;
    OpenFiles.require(clients);
    try (Workbench bench = Workbench.open(run, spec, placement.cores(), clients)) {
      Map<String, List<LaggardFigures>> rounds = new LinkedHashMap<>();
      rounds.put(BESIDE, new ArrayList<>());
      rounds.put(ALONE, new ArrayList<>());
      for (int round = 1; round <= options.rounds; round++) {
        round(bench, round, rounds);
      }
      bench.report(section(bench, rounds));
      return rounds.values().stream().flatMap(List::stream).allMatch(LaggardFigures::isRight)
          ? 0
          : 1;
    }
  }

  private void round(Workbench bench, int round, Map<String, List<LaggardFigures>> rounds)
      throws IOException, InterruptedException {
    Site site = bench.site();
    try (Replica replica =
            site.start(placement.launch(bench), bench.directory("laggard-" + round));
        KafkaPublisher publisher = site.publisher();
        LaggardRound one = new LaggardRound(options, placement.clientLoops(), replica, publisher)) {
      one.begin();
      LaggardFigures alone = one.alone();
      LaggardFigures beside = one.beside();
      bench.say(
          "round %d: live p99 %.1f ms, without the laggard %.1f ms; the laggard %,.0f events/s"
              .formatted(
                  round,
                  beside.load().latencyMillis(99),
                  alone.load().latencyMillis(99),
                  beside.eventsPerSecond()));
      rounds.computeIfAbsent(BESIDE, name -> new ArrayList<>()).add(beside);
      rounds.computeIfAbsent(ALONE, name -> new ArrayList<>()).add(alone);
    }
  }

  private Section section(Workbench bench, Map<String, List<LaggardFigures>> rounds) {
    Comparison<LaggardFigures> comparison = new Comparison<>(metrics(), rounds);
    return new Section(
        "laggard: one client far behind",
        "%,d events behind, beside %,d live clients; medians of %d rounds, a fresh server each"
            .formatted(options.behind, options.live, options.rounds),
        bench.command(),
        placement.environment(bench),
        List.of(
            comparison.table(true),
            "Every client of every round:",
            Section.list(
                List.of(
                    "live: " + check(rounds, LaggardFigures::live),
                    "laggard: " + check(rounds, LaggardFigures::laggard))),
            "Every round:",
            comparison.everyRound("run")));
  }

  /** A round's last check covers all of it. */
  private static String check(
      Map<String, List<LaggardFigures>> rounds, Function<LaggardFigures, DeliveryCheck> of) {
    return rounds.getOrDefault(BESIDE, List.of()).stream()
        .map(of)
        .reduce(DeliveryCheck.NONE, DeliveryCheck::and)
        .summary();
  }

  private static List<Metric<LaggardFigures>> metrics() {
    return List.of(
        Metric.of("live latency p50, ms", "%.1f", round -> round.load().latencyMillis(50)),
        Metric.<LaggardFigures>of(
                "live latency p99, ms", "%.1f", round -> round.load().latencyMillis(99))
            .wanted(Target.ratioAtMost(1.5)),
        Metric.<LaggardFigures>of("laggard, events/s", "%,.0f", LaggardFigures::eventsPerSecond)
            .wanted(Target.atLeast(50_000, "/s")),
        Metric.of("server cores used", "%.2f", round -> round.load().serverCores()),
        Metric.of(
            "client, publisher and broker, cores used",
            "%.2f",
            round -> round.load().clientCores()));
  }
}
