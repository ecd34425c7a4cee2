package io.millrace.bench.storm;

import io.millrace.bench.contender.Contender;
import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Millrace;
import io.millrace.bench.contender.Nchan;
import io.millrace.bench.contender.RunningContender;
import io.millrace.bench.contender.Site;
import io.millrace.bench.measure.OpenFiles;
import io.millrace.bench.run.Placement;
import io.millrace.bench.run.RunOptions;
import io.millrace.bench.run.Workbench;
import io.millrace.bench.stream.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the rounds, in turns where there is a peer. */
@Command(
    name = "storm",
    description = "Everyone comes back at once with a last id and a token; against nchan.",
    mixinStandardHelpOptions = true)
public final class StormCommand implements Callable<Integer> {

  @Mixin StormOptions options = new StormOptions();
  @Mixin Placement placement = Placement.shared();
  @Mixin RunOptions run = new RunOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OpenFiles.require(options.clients);
    int clients = options.clients + 1;
    try (Workbench bench = Workbench.open(run, spec, placement.cores(), clients)) {
      StormReport report = new StormReport(options);
      for (int round = 1; round <= options.rounds; round++) {
        if (options.includes("millrace")) {
          report.add("Millrace", bench.version(), ours(bench, round));
        }
        if (options.includes("nchan") && !options.own) {
          Nchan nchan = Nchan.required(bench.cores(), placement.serverLoops());
          report.add(nchan.name(), nchan.version(), peer(bench, nchan, round));
        }
      }
      bench.report(report.section(bench.command(), bench.machine(), placement.describe()));
      return report.isWhole() ? 0 : 1;
    }
  }

  private StormFigures ours(Workbench bench, int round) throws IOException, InterruptedException {
    Site site = bench.site();
    Contender millrace = new Millrace(placement.launch(bench), () -> site);
    Payload payload = new Payload(options.eventBytes);
    try (RunningContender server = millrace.start(directory(bench, millrace, round));
        KafkaPublisher publisher = site.publisher()) {
      Missed missed =
          options.own
              ? Missed.byEach(publisher, payload, options.clients)
              : Missed.byAll(publisher, payload);
      return waves(bench, server, missed, "round " + round + ", Millrace: ");
    }
  }

  private StormFigures peer(Workbench bench, Nchan nchan, int round)
      throws IOException, InterruptedException {
    try (RunningContender server = nchan.start(directory(bench, nchan, round))) {
      Missed missed = Missed.byAll(server.publisher(), new Payload(options.eventBytes));
      return waves(bench, server, missed, "round " + round + ", nchan: ");
    }
  }

  private static Path directory(Workbench bench, Contender contender, int round)
      throws IOException {
    return bench.directory(contender.name() + "-" + round);
  }

  private StormFigures waves(Workbench bench, RunningContender server, Missed missed, String label)
      throws InterruptedException {
    try (StormRound round =
        new StormRound(
            options,
            placement.clientLoops(),
            server,
            missed,
            options.freshTokens ? bench::renewTokens : () -> {},
            line -> bench.say(label + line))) {
      StormFigures figures = round.run();
      bench.say(label + figures.check().summary());
      return figures;
    }
  }
}
