package io.millrace.bench;

import io.millrace.bench.drain.DrainCommand;
import io.millrace.bench.fanout.FanoutCommand;
import io.millrace.bench.laggard.LaggardCommand;
import io.millrace.bench.replay.ReplayCommand;
import io.millrace.bench.runs.RunsCommand;
import io.millrace.bench.stalled.StalledCommand;
import io.millrace.bench.storm.StormCommand;
import java.io.PrintWriter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmark's command line. */
@Command(
    name = "bench",
    description = "Measures Millrace against a peer, on loopback.",
    subcommands = {
      FanoutCommand.class,
      StormCommand.class,
      ReplayCommand.class,
      DrainCommand.class,
      StalledCommand.class,
      LaggardCommand.class,
      RunsCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Bench {

  /** Held here: the log manager holds a logger weakly and would forget its level. */
  private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka.clients");

  /** What a client that reads 200,000 times a second has no time for. */
  private static final Map<String, String> FAST_NETTY =
      Map.of(
          "java.net.preferIPv4Stack", "true",
          "io.netty.leakDetection.level", "disabled",
          "io.netty.buffer.checkAccessible", "false",
          "io.netty.buffer.checkBounds", "false");

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(execute(new PrintWriter(System.out), arguments));
  }

  /** Runs a command; 0 when it ran and every delivery was right. */
  public static int execute(PrintWriter out, String... arguments) {
    KAFKA_CLIENTS.setLevel(Level.WARNING);
    FAST_NETTY.forEach((key, off) -> System.setProperty(key, off));
    return new CommandLine(new Bench())
        .setOut(out)
        .setExecutionExceptionHandler(Bench::report)
        .execute(arguments);
  }

  /** What was expected to go wrong has a sentence that says what to do; anything else is a bug. */
  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof IllegalStateException) {
      command.getErr().println("bench: " + failure.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return 1;
  }
}
