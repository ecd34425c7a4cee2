package io.millrace.bench.fanout;

import io.millrace.bench.contender.Contender;
import io.millrace.bench.contender.Millrace;
import io.millrace.bench.contender.Nchan;
import io.millrace.bench.measure.Cores;
import io.millrace.bench.measure.Machine;
import io.millrace.bench.measure.OpenFiles;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
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
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OpenFiles.require(Math.max(options.streams, options.idleStreams));
    Cores cores =
        options.noPin ? Cores.unpinned() : Cores.split(Runtime.getRuntime().availableProcessors());
    List<String> machine = Machine.describe();
    cores.leaveServerCore();
    Path workDir = Files.createTempDirectory("millrace-bench-");
    say("configuration and logs of the servers: " + workDir);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults())) {
      Map<Contender, List<RoundFigures>> figures = rounds(contenders(cores, kafka), workDir);
      FanoutReport report = new FanoutReport(command(), options, machine, figures);
      Path out = options.out == null ? root().resolve("bench/RESULTS.md") : options.out;
      ResultsFile.replaceSection(out, report.markdown());
      say(report.table());
      say(report.caveats());
      say("written to " + out);
      return report.isExactlyOnce() ? 0 : 1;
    }
  }

  private List<Contender> contenders(Cores cores, EmbeddedKafka kafka) throws IOException {
    List<Contender> contenders = new ArrayList<>();
    if (options.includes("millrace")) {
      Path jar = options.serviceJar == null ? builtService() : options.serviceJar;
      Millrace.Launch launch =
          new Millrace.Launch(options.java, options.jvmOptions, jar.toAbsolutePath());
      int streams = Math.max(options.streams, options.idleStreams);
      contenders.add(new Millrace(launch, cores, kafka, streams));
    }
    if (options.includes("nchan")) {
      contenders.add(
          Nchan.installed(cores)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "nginx with nchan is not here: apt-get install nginx"
                              + " libnginx-mod-nchan, or measure without it: --only millrace")));
    }
    return contenders;
  }

  private Path builtService() {
    Path jar = root().resolve("notifications-service/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is not built: mvn -pl bench -am package -DskipTests, or name it: --service-jar");
    }
    return jar;
  }

  /** This code is in bench/target/millrace-bench.jar or in bench/target/classes. */
  private static Path root() {
    try {
      Path code =
          Path.of(FanoutCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<Contender, List<RoundFigures>> rounds(List<Contender> contenders, Path workDir)
      throws IOException, InterruptedException {
    Map<Contender, List<RoundFigures>> figures = new LinkedHashMap<>();
    for (int round = 1; round <= options.rounds; round++) {
      for (Contender contender : contenders) {
        String label = "round " + round + ", " + contender.name() + ": ";
        Path roundDir = workDir.resolve(contender.name().toLowerCase(Locale.ROOT) + "-" + round);
        Files.createDirectories(roundDir);
        RoundFigures result =
            new Round(options, line -> say(label + line)).run(contender, roundDir);
        say(label + result.check());
        figures.computeIfAbsent(contender, each -> new ArrayList<>()).add(result);
      }
    }
    return figures;
  }

  private String command() {
    return "bench/run " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
