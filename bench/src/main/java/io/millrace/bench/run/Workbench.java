package io.millrace.bench.run;

import io.millrace.bench.contender.BenchTokens;
import io.millrace.bench.contender.Launch;
import io.millrace.bench.contender.Millrace;
import io.millrace.bench.contender.Site;
import io.millrace.bench.measure.Cores;
import io.millrace.bench.measure.Machine;
import io.millrace.bench.report.ResultsFile;
import io.millrace.bench.report.Section;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Where a scenario works: a broker, a directory, tokens, and what becomes of its report. */
public final class Workbench implements AutoCloseable {

  private final RunOptions options;
  private final CommandSpec spec;
  private final Cores cores;
  private final List<String> machine;
  private final Path directory;
  private final BenchTokens tokens;
  private final EmbeddedKafka kafka;
  private int sites;

  private Workbench(RunOptions options, CommandSpec spec, Cores cores, List<String> machine)
      throws IOException {
    this.options = options;
    this.spec = spec;
    this.cores = cores;
    this.machine = machine;
    this.tokens = new BenchTokens(options.algorithm, options.service());
    this.directory = Files.createTempDirectory("millrace-bench-");
    this.kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
  }

  /**
   * @param cores of the servers and of all else
   * @param clients the most that will be connected at a time
   */
  public static Workbench open(RunOptions options, CommandSpec spec, Cores cores, int clients)
      throws IOException, InterruptedException {
    List<String> machine = Machine.describe(); // Before it loses a core.
    cores.leaveServerCore();
    Workbench bench = new Workbench(options, spec, cores, machine);
    bench.tokens.prepare(clients);
    bench.say("configuration and logs of the servers: " + bench.directory);
    return bench;
  }

  /** Gives every client a token that no server has seen. */
  public void renewTokens() {
    tokens.renew();
  }

  /** Version and settings of the service, for the report. */
  public String version() {
    return Millrace.version(launch()) + ", tokens signed with " + options.algorithm;
  }

  /** A new topic, for one round. */
  public Site site() {
    return Site.create(kafka, cores, tokens, spec.name() + "-" + ++sites);
  }

  public Launch launch() {
    return options.launch();
  }

  public Cores cores() {
    return cores;
  }

  /** An empty directory. */
  public Path directory(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  public void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** The command that was typed. */
  public String command() {
    return "bench/run " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  /** What this machine is, a line each. */
  public List<String> machine() {
    return machine;
  }

  /** Prints the report and, when asked to, records it. */
  public void report(Section section) throws IOException {
    String text = section.markdown();
    say(text);
    Optional<Path> file = options.resultsFile();
    if (file.isPresent()) {
      ResultsFile.replaceSection(file.get(), text);
      say("written to " + file.get());
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
