package io.millrace.cli;

import io.millrace.cli.broker.Listeners;
import io.millrace.cli.broker.Topics;
import io.millrace.cli.runtime.Failure;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.EmbeddedKafkaException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a broker until it is told to stop: what the chart's trial runs. */
@Command(
    name = "kafka",
    description = {
      "Run a single Kafka broker with the topics, and nothing else.",
      "For trying things out: it has no security and no second copy of anything."
    },
    mixinStandardHelpOptions = true)
final class KafkaCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "On loopback, for clients on this machine. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description =
          "Listen on all interfaces too, for clients that reach --listen by this address.")
  Optional<String> advertised = Optional.empty();

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      defaultValue = "9094",
      description = "The port for those clients. Default: ${DEFAULT-VALUE}.")
  int listen;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the broker's log here. Default: a temporary directory.")
  Optional<Path> data = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "A topic for events. May be repeated. Default: notifications, ai-events.")
  List<String> topics = List.of();

  @Option(
      names = "--control-topic",
      paramLabel = "NAME",
      defaultValue = "stream-control",
      description = "The topic for revocations. Default: ${DEFAULT-VALUE}.")
  String control = "";

  @Override
  public Integer call() throws InterruptedException {
    EmbeddedKafka kafka = start();
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "end"));
    List<String> events = topics.isEmpty() ? Topics.ofContract().events() : topics;
    try {
      new Topics(events, control).createIn(kafka);
    } catch (EmbeddedKafkaException e) {
      throw new Failure("Kafka: " + e.getMessage(), e);
    }
    spec.commandLine()
        .getOut()
        .println(
            "Kafka is at " + kafka.bootstrapServers() + advertised.map(" and "::concat).orElse(""));
    spec.commandLine().getOut().flush();
    new CountDownLatch(1).await(); // Until a signal ends the process.
    return 0;
  }

  private EmbeddedKafka start() {
    try {
      EmbeddedKafka.Options options =
          advertised
              .map(address -> new Listeners(port, listen, address).options())
              .orElseGet(() -> EmbeddedKafka.Options.defaults().withPort(port));
      return EmbeddedKafka.start(data.map(options::withData).orElse(options));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    } catch (EmbeddedKafkaException e) {
      throw new Failure("Kafka: " + e.getMessage(), e);
    }
  }
}
