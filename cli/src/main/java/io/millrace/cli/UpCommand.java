package io.millrace.cli;

import io.millrace.cli.runtime.StateDirectory;
import io.millrace.cli.up.Report;
import io.millrace.cli.up.Up;
import io.millrace.cli.up.UpOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs everything on this machine until it is told to stop. */
@Command(
    name = "up",
    description = "Run Kafka, both services, a gateway and a demo page on this machine.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  /** How long the end waits for a start that is still under way to notice it. */
  private static final int START_TO_NOTICE_S = 4;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Of the gateway; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Of the broker; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int kafkaPort;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Processes of each service; of the AI events service two at least, so that one can be"
              + " killed in the middle of a run. Default: ${DEFAULT-VALUE}.")
  int replicas;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the broker's log here. Default: a temporary directory.")
  Optional<Path> data = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    UpOptions options;
    try {
      options = new UpOptions(port, kafkaPort, replicas, data);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    Report report = json ? Report.json(out) : Report.text(out);
    Up up = new Up(options, StateDirectory.ofUser(), report);
    CountDownLatch startOver = new CountDownLatch(1);
    Thread end = new Thread(() -> end(up, startOver), "end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      up.start();
    } catch (RuntimeException e) {
      up.close();
      throw e;
    } finally {
      startOver.countDown();
    }
    new CountDownLatch(1).await(); // Until a signal ends the process.
    return 0;
  }

  /** Runs when the process ends, for whatever reason. */
  private static void end(Up up, CountDownLatch startOver) {
    up.stop();
    try {
      // What the start had in its hands when the end came, it ends itself.
      startOver.await(START_TO_NOTICE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
