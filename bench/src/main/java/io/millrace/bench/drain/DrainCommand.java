package io.millrace.bench.drain;

import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Launch;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs rounds of two fresh replicas each. */
@Command(
    name = "drain",
    description = "SIGTERM to a replica while events go on: how evenly its streams end.",
    mixinStandardHelpOptions = true)
public final class DrainCommand implements Callable<Integer> {

  private static final String WINDOW = "quarkus.shutdown.delay";

  @Mixin DrainOptions options = new DrainOptions();
  @Mixin Placement placement = Placement.shared();
  @Mixin RunOptions run = new RunOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OpenFiles.require(options.clients);
    try (Workbench bench = Workbench.open(run, spec, placement.cores(), options.clients)) {
      List<DrainFigures> rounds = new ArrayList<>();
      for (int round = 1; round <= options.rounds; round++) {
        DrainFigures figures = round(bench, round);
        bench.say(
            "round %d: busiest second %,.0f of %,d; %s"
                .formatted(
                    round,
                    figures.busiestSecond(),
                    figures.endings().size(),
                    figures.check().summary()));
        rounds.add(figures);
      }
      bench.report(section(bench, rounds));
      return rounds.stream().allMatch(round -> round.check().isWhole()) ? 0 : 1;
    }
  }

  private DrainFigures round(Workbench bench, int round) throws IOException, InterruptedException {
    Site site = bench.site();
    Launch launch = placement.launch(bench).withDefault(WINDOW, options.window.toMillis() + "ms");
    try (Replica leaving = site.start(launch, bench.directory("leaving-" + round));
        Replica staying = site.start(launch, bench.directory("staying-" + round));
        KafkaPublisher publisher = site.publisher();
        DrainRound one =
            new DrainRound(options, placement.clientLoops(), leaving, staying, publisher)) {
      return one.run();
    }
  }

  private Section section(Workbench bench, List<DrainFigures> rounds) {
    Comparison<DrainFigures> comparison = new Comparison<>(metrics(), Map.of("Millrace", rounds));
    DeliveryCheck all =
        rounds.stream().map(DrainFigures::check).reduce(DeliveryCheck.NONE, DeliveryCheck::and);
    return new Section(
        "drain: a replica is asked to go",
        "%,d streams over %,.0f s after SIGTERM, %.0f events/s to each meanwhile, to a second replica; medians of %d rounds"
            .formatted(
                options.clients, options.window.toMillis() / 1e3, options.rate, options.rounds),
        bench.command(),
        placement.environment(bench),
        List.of(
            comparison.table(true),
            "Every client of every round, over both replicas:",
            Section.list(List.of(all.summary())),
            "Every round:",
            comparison.everyRound("server")));
  }

  private static List<Metric<DrainFigures>> metrics() {
    return List.of(
        Metric.of("streams ended", "%,.0f", round -> round.endings().size()),
        Metric.of(
            "of them without stream.reconnect", "%,.0f", round -> (double) round.unannounced()),
        Metric.of("mean over the window, streams/s", "%,.0f", DrainFigures::meanSecond),
        Metric.of("busiest second, streams", "%,.0f", DrainFigures::busiestSecond),
        Metric.<DrainFigures>of("busiest second to mean", "%.2f", DrainFigures::busiestToMean)
            .wanted(Target.atMost(2, "")),
        Metric.of("SIGTERM to the first end, s", "%.1f", DrainFigures::firstSeconds),
        Metric.of("SIGTERM to the last end, s", "%.1f", DrainFigures::lastSeconds),
        Metric.of("SIGTERM to the end of the process, s", "%.1f", DrainFigures::exitSeconds),
        Metric.<DrainFigures>of(
                "events lost", "%,.0f", round -> round.check().missing() + round.check().lost())
            .wanted(Target.atMost(0, "")));
  }
}
