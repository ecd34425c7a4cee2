package io.millrace.cli.up;

import io.millrace.cli.broker.Topics;
import io.millrace.cli.gateway.Gateway;
import io.millrace.cli.gateway.Surface;
import io.millrace.cli.runtime.Failure;
import io.millrace.cli.runtime.LogFile;
import io.millrace.cli.runtime.StateDirectory;
import io.millrace.cli.token.DevelopmentKey;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.EmbeddedKafkaException;
import io.millrace.kafka.embedded.LoopbackPort;
import io.millrace.kafka.embedded.PortTakenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The whole of Millrace on one machine: broker, topics, replicas, gateway, in the order of their
 * dependence; ended in the reverse order.
 */
public final class Up implements AutoCloseable {

  private final UpOptions options;
  private final StateDirectory state;
  private final Report report;
  private final Closing closing = new Closing();

  public Up(UpOptions options, StateDirectory state, Report report) {
    this.options = options;
    this.state = state;
    this.report = report;
  }

  /**
   * Starts everything and returns when every replica is ready.
   *
   * @throws Failure when something cannot start; call {@link #close} then
   */
  public void start() {
    long began = System.nanoTime();
    for (Surface surface : Surface.values()) {
      ServiceCommand.requireBuilt(surface);
    }
    int port = freePort(options.port(), "--port");
    int kafkaPort = freePort(options.kafkaPort(), "--kafka-port");
    Path logs = freshLogs(port);
    LogFile.at(logs.resolve("up.log"));

    report.progress("Starting Kafka …");
    EmbeddedKafka kafka = startKafka(kafkaPort);
    DevelopmentKey key = DevelopmentKey.in(state);
    ServiceCommand command = new ServiceCommand(kafka.bootstrapServers(), publicKey(key));

    report.progress("Starting the services …");
    Replicas replicas = new Replicas();
    closing.add(replicas::close);
    Gateway gateway =
        Gateway.start(new Gateway.Options(port, replicas, key, kafka.bootstrapServers()));
    closing.add(gateway::close);
    replicas.start(options, command, logs, report);
    replicas.awaitReady();
    report.up(
        new RunningSystem(
            "http://localhost:" + port,
            "localhost:" + kafkaPort,
            replicas.all(),
            logs,
            Duration.ofNanos(System.nanoTime() - began)));
  }

  private static int freePort(int asked, String option) {
    if (asked == 0) {
      return LoopbackPort.free();
    }
    if (!LoopbackPort.isFree(asked)) {
      throw portTaken(asked, option);
    }
    return asked;
  }

  private static Failure portTaken(int port, String option) {
    return new Failure("port " + port + " is taken; choose another with " + option);
  }

  /** One directory for each gateway port, emptied at every start: logs do not pile up. */
  private Path freshLogs(int port) {
    Path logs = state.directory("logs-" + port);
    try (var files = Files.newDirectoryStream(logs)) {
      for (Path file : files) {
        Files.delete(file);
      }
      return logs;
    } catch (IOException e) {
      throw new Failure("cannot empty the log directory " + logs + ": " + e, e);
    }
  }

  private EmbeddedKafka startKafka(int port) {
    EmbeddedKafka.Options broker = EmbeddedKafka.Options.defaults().withPort(port);
    try {
      EmbeddedKafka kafka =
          EmbeddedKafka.start(
              options.data().map(data -> broker.withData(data.resolve("kafka"))).orElse(broker));
      closing.add(kafka::close);
      Topics.ofContract().createIn(kafka);
      return kafka;
    } catch (PortTakenException e) {
      throw portTaken(e.port(), "--kafka-port");
    } catch (EmbeddedKafkaException e) {
      throw new Failure("Kafka: " + e.getMessage(), e);
    }
  }

  private Path publicKey(DevelopmentKey key) {
    Path file = state.file("development-key.pub.pem");
    try {
      return Files.writeString(file, key.publicPem());
    } catch (IOException e) {
      throw new Failure("cannot write " + file + ": " + e, e);
    }
  }

  /** Ends everything, in at most some ten seconds; a second call waits for the first. */
  @Override
  public void close() {
    closing.close();
  }

  /** {@link #close}, and says so, unless it has been closed before. */
  public void stop() {
    if (!closing.isClosed()) {
      report.stopping();
    }
    close();
  }
}
