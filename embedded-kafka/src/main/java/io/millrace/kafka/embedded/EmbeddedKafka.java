package io.millrace.kafka.embedded;

import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real single-node Kafka broker (KRaft, broker and controller in one) in this JVM, on loopback.
 *
 * <p>It can be stopped and started again on the same port with the same data, as a broker in an
 * outage would. Topics are only made by {@link #createTopic}: a misspelled name is an error. Any
 * thread may call it.
 */
public final class EmbeddedKafka implements AutoCloseable {

  /** A free controller port may be taken before the broker listens on it; then another is tried. */
  private static final int START_ATTEMPTS = 5;

  /** How long a topic may take to be made and seen; on a laptop it takes some 50 ms. */
  private static final int TOPIC_TIMEOUT_MS = 15_000;

  private final int port;
  private final DataDirectory data;
  private final Map<String, String> settings;
  private final String clusterId;
  private @Nullable KafkaRaftServer server;

  private EmbeddedKafka(int port, DataDirectory data, Map<String, String> settings) {
    this.port = port;
    this.data = data;
    this.settings = settings;
    this.clusterId = data.format();
  }

  /**
   * What a broker is started with.
   *
   * @param port the port clients connect to; 0 for any free one
   * @param data where the log is kept; empty for a temporary directory that is removed on close
   * @param settings ordinary broker settings, over those of this class: further listeners, an
   *     authorizer, another role
   */
  public record Options(int port, Optional<Path> data, Map<String, String> settings) {

    public Options {
      settings = Map.copyOf(settings);
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port: " + port + " is not between 0 and 65535");
      }
    }

    /** Any free port, a temporary directory. */
    public static Options defaults() {
      return new Options(0, Optional.empty(), Map.of());
    }

    public Options withPort(int port) {
      return new Options(port, data, settings);
    }

    public Options withData(Path directory) {
      return new Options(port, Optional.of(directory), settings);
    }

    public Options withSettings(Map<String, String> settings) {
      return new Options(port, data, settings);
    }
  }

  /**
   * Starts a broker; when this returns, clients can connect.
   *
   * @throws PortTakenException if another process listens on the port
   * @throws EmbeddedKafkaException if the broker cannot start for another reason
   */
  public static EmbeddedKafka start(Options options) {
    if (options.port() != 0 && !LoopbackPort.isFree(options.port())) {
      throw new PortTakenException(options.port()); // Before a directory is made.
    }
    DataDirectory data =
        options.data().map(DataDirectory::kept).orElseGet(DataDirectory::temporaryOne);
    try {
      int port = options.port() == 0 ? LoopbackPort.free() : options.port();
      EmbeddedKafka kafka = new EmbeddedKafka(port, data, options.settings());
      kafka.start();
      return kafka;
    } catch (RuntimeException e) {
      data.release();
      throw e;
    }
  }

  /** Starts the broker again after {@link #stop}: same port, same data. No effect when it runs. */
  public synchronized void start() {
    for (int attempt = 1; server == null; attempt++) {
      if (!LoopbackPort.isFree(port)) {
        throw new PortTakenException(port);
      }
      try {
        server = startServer();
      } catch (EmbeddedKafkaException e) {
        if (attempt == START_ATTEMPTS || !causedByBind(e)) {
          throw e;
        }
      }
    }
  }

  private KafkaRaftServer startServer() {
    Properties properties =
        new BrokerProperties(port, LoopbackPort.free(), data.path()).toProperties();
    properties.putAll(settings);
    KafkaRaftServer starting = null;
    try {
      BrokerLogs.quiet();
      FatalErrors.divert();
      starting = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      starting.startup();
      return starting;
    } catch (Exception e) { // Scala: any exception may be thrown without being declared.
      if (starting != null) {
        shutDown(starting);
      }
      throw new EmbeddedKafkaException("the broker cannot start: " + rootCause(e).getMessage(), e);
    }
  }

  private static boolean causedByBind(Throwable thrown) {
    return rootCause(thrown) instanceof BindException;
  }

  private static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause == null ? thrown : rootCause(cause);
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  Path dataDirectory() {
    return data.path();
  }

  /** The identity of the cluster; the same for the same data directory. */
  public String clusterId() {
    return clusterId;
  }

  /**
   * Makes a topic, or leaves it as it is when it exists.
   *
   * @param config topic settings such as {@code retention.ms}
   */
  public void createTopic(String name, int partitions, Map<String, String> config) {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers", bootstrapServers(),
            "default.api.timeout.ms", TOPIC_TIMEOUT_MS,
            "request.timeout.ms", TOPIC_TIMEOUT_MS);
    try (Admin admin = Admin.create(client)) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
      try {
        admin.createTopics(List.of(topic)).all().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
      awaitTopic(admin, name);
    } catch (ExecutionException | KafkaException e) {
      throw new EmbeddedKafkaException(
          "cannot create the topic " + name + ": " + rootCause(e).getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedKafkaException("interrupted while creating the topic " + name, e);
    }
  }

  /** The controller answers first; the broker learns of the topic some milliseconds later. */
  private static void awaitTopic(Admin admin, String name)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TOPIC_TIMEOUT_MS * 1_000_000L;
    while (true) {
      try {
        admin.describeTopics(List.of(name)).allTopicNames().get();
        return;
      } catch (ExecutionException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
  }

  /** Stops the broker and keeps its data, as an outage would. No effect when it is stopped. */
  public synchronized void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      server = null;
      shutDown(running);
    }
  }

  private static void shutDown(KafkaRaftServer running) {
    running.shutdown();
    running.awaitShutdown();
  }

  /** Stops the broker and removes a temporary data directory. */
  @Override
  public void close() {
    stop();
    data.release();
  }
}
