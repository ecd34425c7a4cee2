package io.millrace.bench.stalled;

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
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs rounds with and without stalled clients, in turns. */
@Command(
    name = "stalled",
    description = "Clients that stop reading: what they cost the others, and in memory.",
    mixinStandardHelpOptions = true)
public final class StalledCommand implements Callable<Integer> {

  private static final String WITH = "with stalled clients";
  private static final String WITHOUT = "without";
  private static final double MIB = 1024 * 1024;

  @Mixin StalledOptions options = new StalledOptions();
  @Mixin Placement placement = Placement.pinned();
  @Mixin RunOptions run = new RunOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    int clients = options.live + options.stalled;
    OpenFiles.require(clients);
    try (Workbench bench = Workbench.open(run, spec, placement.cores(), clients)) {
      Map<String, List<StalledFigures>> rounds = new LinkedHashMap<>();
      for (int round = 1; round <= options.rounds; round++) {
        add(bench, rounds, WITH, round, options.stalled);
        add(bench, rounds, WITHOUT, round, 0);
      }
      bench.report(section(bench, rounds));
      return rounds.values().stream().flatMap(List::stream).allMatch(StalledFigures::isRight)
          ? 0
          : 1;
    }
  }

  private void add(
      Workbench bench,
      Map<String, List<StalledFigures>> rounds,
      String column,
      int round,
      int stalling)
      throws IOException, InterruptedException {
    Site site = bench.site();
    try (Replica replica =
            site.start(placement.launch(bench), bench.directory(stalling + "-" + round));
        KafkaPublisher publisher = site.publisher();
        StalledRound one = new StalledRound(options, placement.clientLoops(), replica, publisher)) {
      StalledFigures figures = one.run(stalling);
      bench.say(
          "round %d, %s: p99 %.1f ms, heap %.0f MiB, resident %.0f MiB, kernel %.0f MiB"
              .formatted(
                  round,
                  column,
                  figures.load().latencyMillis(99),
                  figures.memory().heap() / MIB,
                  figures.memory().resident() / MIB,
                  figures.memory().kernel() / MIB));
      rounds.computeIfAbsent(column, name -> new ArrayList<>()).add(figures);
    }
  }

  private Section section(Workbench bench, Map<String, List<StalledFigures>> rounds) {
    Comparison<StalledFigures> comparison = new Comparison<>(metrics(), rounds);
    return new Section(
        "stalled: clients that stop reading",
        "%,d clients that read, beside %,d that stopped before %,d events of %,d bytes; medians of %d rounds in turns, a fresh server each"
            .formatted(
                options.live,
                options.stalled,
                options.fillEvents,
                options.fillBytes,
                options.rounds),
        bench.command(),
        placement.environment(bench),
        List.of(
            comparison.table(true),
            "Every client of every round; the stalled ones once they read again:",
            Section.list(
                List.of(
                    "live, with stalled ones: " + check(rounds, WITH, StalledFigures::live),
                    "live, without: " + check(rounds, WITHOUT, StalledFigures::live),
                    "stalled: " + check(rounds, WITH, StalledFigures::stalled))),
            "Every round:",
            comparison.everyRound("run")));
  }

  private static String check(
      Map<String, List<StalledFigures>> rounds,
      String column,
      Function<StalledFigures, DeliveryCheck> of) {
    return rounds.getOrDefault(column, List.of()).stream()
        .map(of)
        .reduce(DeliveryCheck.NONE, DeliveryCheck::and)
        .summary();
  }

  private static List<Metric<StalledFigures>> metrics() {
    return List.of(
        Metric.of("latency p50 of the live, ms", "%.1f", round -> round.load().latencyMillis(50)),
        Metric.<StalledFigures>of(
                "latency p99 of the live, ms", "%.1f", round -> round.load().latencyMillis(99))
            .wanted(Target.ratioAtMost(1.5)),
        Metric.of(
            "server CPU per delivery, µs",
            "%.2f",
            round -> round.load().serverCpuMicrosPerDelivery()),
        Metric.of("server cores used", "%.2f", round -> round.load().serverCores()),
        mebibytes("heap in use", memory -> memory.heap()),
        mebibytes("resident memory of the server", memory -> memory.resident()),
        mebibytes("kernel memory of TCP sockets, both ends", memory -> memory.kernel()),
        Metric.of("stalled streams the server ended", "%,.0f", StalledFigures::ended));
  }

  private static Metric<StalledFigures> mebibytes(
      String name, ToDoubleFunction<StalledFigures.Memory> bytes) {
    return Metric.of(name + ", MiB", "%.1f", round -> bytes.applyAsDouble(round.memory()) / MIB);
  }
}
