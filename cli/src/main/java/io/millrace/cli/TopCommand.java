package io.millrace.cli;

import io.millrace.cli.runtime.Failure;
import io.millrace.cli.runtime.LogFile;
import io.millrace.cli.top.Replica;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a replica is doing. */
@Command(
    name = "top",
    description = {
      "Show what a replica is doing: streams, events, latency, Kafka, tail, replays, refusals.",
      "In a cluster: kubectl port-forward POD 9000, then 'millrace top'."
    },
    mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {

  /** Home, and clear from there on. */
  private static final String CLEAR = "\033[H\033[J";

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "URL",
      defaultValue = "http://localhost:9000",
      description = "The management port of a replica. Default: ${DEFAULT-VALUE}.")
  URI replica = URI.create("http://localhost:9000");

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "What rates and latencies are of. Default: ${DEFAULT-VALUE}.")
  Duration interval = Duration.ofSeconds(2);

  @Option(names = "--once", description = "Print one page and end, as a script wants it.")
  boolean once;

  @Override
  public Integer call() throws InterruptedException {
    LogFile.none();
    if (!"http".equals(replica.getScheme()) && !"https".equals(replica.getScheme())) {
      throw new ParameterException(spec.commandLine(), "URL must begin with http:// or https://");
    }
    Replica asked = new Replica(replica);
    PrintWriter out = spec.commandLine().getOut();
    if (once) {
      out.print(asked.page(interval));
      out.flush();
      return 0;
    }
    while (!out.checkError()) {
      out.print(CLEAR + page(asked));
      out.flush();
    }
    return 0;
  }

  /** One that is away may come back. */
  private String page(Replica asked) throws InterruptedException {
    try {
      return asked.page(interval);
    } catch (Failure away) {
      Thread.sleep(interval.toMillis());
      return away.getMessage() + System.lineSeparator();
    }
  }
}
