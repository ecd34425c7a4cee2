package io.millrace.bench.replay;

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

/** Runs rounds of a fresh server each. */
@Command(
    name = "replay",
    description = "Clients come back from places all over the topic, older than the tail.",
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

  @Mixin ReplayOptions options = new ReplayOptions();
  @Mixin Placement placement = Placement.shared();
  @Mixin RunOptions run = new RunOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OpenFiles.require(options.clients);
    try (Workbench bench = Workbench.open(run, spec, placement.cores(), options.clients)) {
      List<ReplayFigures> rounds = new ArrayList<>();
      for (int round = 1; round <= options.rounds; round++) {
        ReplayFigures figures = round(bench, round);
        bench.say(
            "round %d: all live after %.1f s, %.0f scans; %s"
                .formatted(round, figures.seconds(), figures.scans(), figures.check().summary()));
        rounds.add(figures);
      }
      bench.report(section(bench, rounds));
      return rounds.stream().allMatch(round -> round.check().isWhole()) ? 0 : 1;
    }
  }

  private ReplayFigures round(Workbench bench, int round) throws IOException, InterruptedException {
    Site site = bench.site();
    Launch launch = placement.launch(bench).with("millrace.tail.max-bytes", options.tail);
    try (Replica replica = site.start(launch, bench.directory("replay-" + round));
        KafkaPublisher publisher = site.publisher();
        ReplayRound one = new ReplayRound(options, placement.clientLoops(), replica, publisher)) {
      return one.run();
    }
  }

  private Section section(Workbench bench, List<ReplayFigures> rounds) {
    Comparison<ReplayFigures> comparison = new Comparison<>(metrics(), Map.of("Millrace", rounds));
    DeliveryCheck all =
        rounds.stream().map(ReplayFigures::check).reduce(DeliveryCheck.NONE, DeliveryCheck::and);
    return new Section(
        "replay: back from beyond the tail",
        "%,d clients with last ids at %,d places of %,d records, a tail of %s; medians of %d rounds, a fresh server each"
            .formatted(
                options.clients, options.slices, options.records, options.tail, options.rounds),
        bench.command(),
        placement.environment(bench),
        List.of(
            comparison.table(true),
            "Every client of every round:",
            Section.list(List.of(all.summary())),
            "Every round:",
            comparison.everyRound("server")));
  }

  private static List<Metric<ReplayFigures>> metrics() {
    return List.of(
        Metric.<ReplayFigures>of("all live again, s", "%.1f", ReplayFigures::seconds)
            .wanted(Target.atMost(10, " s")),
        Metric.<ReplayFigures>of("scans of the topic", "%,.0f", ReplayFigures::scans)
            .wanted(Target.atMost(10, "")),
        Metric.of(
            "connect to last missed event, p50, ms", "%,.0f", round -> round.resumed().millis(50)),
        Metric.of(
            "connect to last missed event, p99, ms", "%,.0f", round -> round.resumed().millis(99)),
        Metric.of("missed events", "%,.0f", round -> (double) round.missed()),
        Metric.of("missed events/s", "%,.0f", ReplayFigures::eventsPerSecond),
        Metric.of("server cores used", "%.2f", round -> round.cpu().serverCores()),
        Metric.of("client and broker, cores used", "%.2f", round -> round.cpu().ownCores()));
  }
}
