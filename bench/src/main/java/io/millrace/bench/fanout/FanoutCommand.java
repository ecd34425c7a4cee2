package io.millrace.bench.fanout;

import io.millrace.bench.contender.Contender;
import io.millrace.bench.contender.Millrace;
import io.millrace.bench.contender.Nchan;
import io.millrace.bench.measure.Cores;
import io.millrace.bench.measure.OpenFiles;
import io.millrace.bench.run.RunOptions;
import io.millrace.bench.run.Workbench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the rounds in turns, so that a busy moment of the machine hits both servers, and writes the
 * report.
 */
@Command(
    name = "fanout",
    description =
        "One event, every stream: CPU per delivery, saturation, latency, memory; against nchan.",
    mixinStandardHelpOptions = true)
public final class FanoutCommand implements Callable<Integer> {

  @Mixin FanoutOptions options = new FanoutOptions();
  @Mixin RunOptions run = new RunOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    int streams = Math.max(options.streams, options.idleStreams);
    OpenFiles.require(streams);
    Cores cores =
        options.noPin ? Cores.unpinned() : Cores.split(Runtime.getRuntime().availableProcessors());
    try (Workbench bench = Workbench.open(run, spec, cores, streams)) {
      FanoutReport report = new FanoutReport(options, rounds(bench, contenders(bench)));
      bench.report(report.section(bench.command(), bench.machine()));
      return report.isExactlyOnce() ? 0 : 1;
    }
  }

  private List<Contender> contenders(Workbench bench) {
    List<Contender> contenders = new ArrayList<>();
    if (options.includes("millrace")) {
      contenders.add(new Millrace(bench.launch().withEventLoops(1), bench::site));
    }
    if (options.includes("nchan")) {
      contenders.add(Nchan.required(bench.cores(), 1));
    }
    return contenders;
  }

  private Map<Contender, List<RoundFigures>> rounds(Workbench bench, List<Contender> contenders)
      throws IOException, InterruptedException {
    Map<Contender, List<RoundFigures>> figures = new LinkedHashMap<>();
    for (int round = 1; round <= options.rounds; round++) {
      for (Contender contender : contenders) {
        String label = "round " + round + ", " + contender.name() + ": ";
        Path directory = bench.directory(contender.name().toLowerCase(Locale.ROOT) + "-" + round);
        RoundFigures result =
            new Round(options, line -> bench.say(label + line)).run(contender, directory);
        bench.say(label + result.check());
        figures.computeIfAbsent(contender, each -> new ArrayList<>()).add(result);
      }
    }
    return figures;
  }
}
