package io.millrace.testing.broker;

import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Three brokers in this JVM, each to be stopped and started on its own, and a controller that
 * stays.
 */
public final class KafkaCluster implements AutoCloseable {

  private static final List<Integer> BROKERS = List.of(1, 2, 3);
  private static final int CONTROLLER = 100;

  private final Map<Integer, EmbeddedKafka> nodes = new TreeMap<>();
  private final int controllerPort = LoopbackPort.free();
  private final String clusterId = Uuid.randomUuid().toString();
  private final Path directory;
  private final Admin admin;

  public KafkaCluster() {
    try {
      directory = Files.createTempDirectory("millrace-cluster-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    nodes.put(CONTROLLER, node(CONTROLLER, controllerPort, controller()));
    BROKERS.forEach(id -> nodes.put(id, broker(id)));
    admin = Admin.create(client());
  }

  private EmbeddedKafka broker(int id) {
    int port = LoopbackPort.free();
    return node(id, port, Map.of("process.roles", "broker", "listeners", plain(port)));
  }

  private Map<String, String> controller() {
    String listener = "CONTROLLER://127.0.0.1:" + controllerPort;
    return Map.of(
        "process.roles", "controller", "listeners", listener, "advertised.listeners", listener);
  }

  private static String plain(int port) {
    return "PLAINTEXT://127.0.0.1:" + port;
  }

  private EmbeddedKafka node(int id, int port, Map<String, String> role) {
    Path data = directory.resolve(Integer.toString(id));
    format(id, data);
    Map<String, String> settings = new TreeMap<>(role);
    settings.put("node.id", Integer.toString(id));
    settings.put("controller.quorum.voters", CONTROLLER + "@127.0.0.1:" + controllerPort);
    // A follower that is gone leaves the in-sync replicas after this time.
    settings.put("replica.lag.time.max.ms", "2000");
    return EmbeddedKafka.start(
        EmbeddedKafka.Options.defaults().withPort(port).withData(data).withSettings(settings));
  }

  private void format(int id, Path data) {
    try {
      Files.createDirectories(data);
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(id)
          .setClusterId(clusterId)
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ordinary client settings; any broker that runs will do. */
  public Map<String, Object> client() {
    String all =
        BROKERS.stream()
            .map(id -> nodes.get(id).bootstrapServers())
            .collect(Collectors.joining(","));
    return Map.of("bootstrap.servers", all, "reconnect.backoff.max.ms", 200);
  }

  public Admin admin() {
    return admin;
  }

  /** Makes a topic and waits until every partition has a leader. */
  public void createTopic(NewTopic topic) {
    Answers.of(admin.createTopics(List.of(topic)).all());
    Answers.eventually(() -> partition(topic.name(), 0).leader() != null);
  }

  /** What the cluster says of a partition now. */
  public TopicPartitionInfo partition(String topic, int partition) {
    Map<String, TopicDescription> described =
        Answers.of(admin.describeTopics(List.of(topic)).allTopicNames());
    return described.get(topic).partitions().get(partition);
  }

  /** The broker that leads a partition; -1 when none does. */
  public int leader(String topic, int partition) {
    Node leader = partition(topic, partition).leader();
    return leader == null ? -1 : leader.id();
  }

  public void stop(int broker) {
    nodes.get(broker).stop();
  }

  public void start(int broker) {
    nodes.get(broker).start();
  }

  @Override
  public void close() {
    admin.close();
    BROKERS.forEach(id -> nodes.get(id).close());
    nodes.get(CONTROLLER).close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
