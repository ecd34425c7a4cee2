package io.millrace.e2e.breaker;

import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.breaker.oracle.Cast;
import io.millrace.e2e.breaker.oracle.Id;
import io.millrace.e2e.breaker.oracle.Oracle;
import io.millrace.e2e.breaker.oracle.Topic;
import io.millrace.e2e.breaker.oracle.Visit;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A topic and the replicas that stream it. Schedules follow one another in it, so that replicas are
 * old and logs long; a new one begins when the topic would grow too long for the oracle's memory.
 */
final class Era implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Message number of a fence that caught something: always a bug. */
  private static final String FENCED = "MILL0009";

  /** What makes replicas read and forget differently, so that cursors of one surprise another. */
  private static final List<Map<String, String>> CHARACTERS =
      List.of(
          Map.of(
              "millrace.tail.max-bytes", "48K",
              "kafka.max.poll.records", "5",
              "millrace.connection.max-age", "3s"),
          Map.of(
              "millrace.tail.max-age", "1s",
              "kafka.max.partition.fetch.bytes", "2048",
              "millrace.connection.idle", "2s"),
          Map.of(
              "millrace.tail.max-bytes", "1M",
              "kafka.max.poll.records", "50",
              "millrace.connection.max-stall", "1s"));

  private final EmbeddedKafka kafka;
  private final TestIssuer issuer;
  private final Topic topic;
  private final List<Replica> replicas;
  private final Oracle oracle;
  private final String epoch;

  /**
   * @param app folder of the packaged service, as it is or mutated
   */
  Era(EmbeddedKafka kafka, TestIssuer issuer, String topicName, Path app) {
    this.kafka = kafka;
    this.issuer = issuer;
    this.topic = new Topic(kafka, topicName);
    this.replicas = CHARACTERS.stream().map(character -> replica(app, character)).toList();
    await("replicas").atMost(PATIENCE).until(() -> replicas.stream().allMatch(Replica::isReady));
    this.epoch = learnEpoch();
    this.oracle = new Oracle(topic, epoch);
  }

  /** The service as it was packaged. */
  static Path packaged() {
    Path app = Repository.path("notifications-service/target/quarkus-app");
    Requires.file(app.resolve("quarkus-run.jar"), "the packaged notifications-service");
    return app;
  }

  /** Where replicas and failed schedules leave what they said. */
  static Path folder() {
    try {
      return Files.createDirectories(Repository.path("e2e/target/breaker"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Replica replica(Path app, Map<String, String> character) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    options.put("kafka.reconnect.backoff.max.ms", "200");
    options.put("millrace.topic.name", topic.name());
    options.put("millrace.control.topic", topic.control());
    options.put("millrace.tail.warm-start", "1s");
    options.put("millrace.heartbeat", "1s");
    options.put("quarkus.shutdown.delay", "1s");
    options.put("millrace.connection.send-buffer", "8K");
    options.put("millrace.connection.write-queue", "4K");
    options.put("quarkus.vertx.event-loops-pool-size", "2");
    options.putAll(character);
    Path log = folder().resolve("%s-%d.log".formatted(topic.name(), CHARACTERS.indexOf(character)));
    forget(log);
    return new Replica(app, options, issuer.environment(), log);
  }

  /** What an earlier run left. */
  private static void forget(Path log) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first id anybody is given says how this topic is named in cursors. */
  private String learnEpoch() {
    Cast cast = new Cast("0", 1);
    try (Client client = client(cast, 0)) {
      client.go(new Client.Wish(0, Optional.empty(), Optional.empty()));
      await("ready")
          .atMost(PATIENCE)
          .until(() -> client.visits().stream().anyMatch(Visit::isReady));
      for (int n = 0; n < 20; n++) {
        topic.publish(new Topic.Burst(n, 100), cast);
      }
      await("first id").atMost(PATIENCE).until(() -> !client.ids().isEmpty());
      return Id.parse(client.ids().get(0)).orElseThrow().epoch();
    }
  }

  Client client(Cast cast, int number) {
    Supplier<String> signIn =
        () -> issuer.bearer(cast.subject(number), cast.tenant(), List.of(cast.role(number)));
    List<Integer> ports = replicas.stream().map(Replica::port).toList();
    return new Client(new Client.Caller(cast.subject(number), cast.scopes(number), signIn), ports);
  }

  Topic topic() {
    return topic;
  }

  Oracle oracle() {
    return oracle;
  }

  String epoch() {
    return epoch;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  Replica replica(int number) {
    return replicas.get(number);
  }

  /** Numbers of those that are ready; waits for one. */
  List<Integer> ready() {
    return await("a ready replica")
        .atMost(PATIENCE)
        .until(
            () ->
                IntStream.range(0, replicas.size())
                    .filter(r -> replicas.get(r).isReady())
                    .boxed()
                    .toList(),
            ready -> !ready.isEmpty());
  }

  /** What must never be: a fence that caught something, a process that ended by itself. */
  Optional<String> fault() {
    return replicas.stream()
        .flatMap(
            replica ->
                replica.diedAlone()
                    ? Stream.of("ended by itself: " + replica.log())
                    : fenced(replica.log()).stream())
        .findFirst();
  }

  private static Optional<String> fenced(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(FENCED)).findFirst().map(l -> log + ": " + l);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    topic.close();
  }
}
