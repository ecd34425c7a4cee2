package io.millrace.bench.contender;

import io.millrace.bench.measure.Cores;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A topic of its own and the replicas that serve it, so that the tail of a round does not hold
 * another's events. Any thread.
 */
public final class Site {

  /** As many as the chart makes. */
  private static final int PARTITIONS = 12;

  private final EmbeddedKafka kafka;
  private final Cores cores;
  private final BenchTokens tokens;
  private final String topic;

  private Site(EmbeddedKafka kafka, Cores cores, BenchTokens tokens, String topic) {
    this.kafka = kafka;
    this.cores = cores;
    this.tokens = tokens;
    this.topic = topic;
  }

  /**
   * Makes the topic.
   *
   * @param tokens of the clients
   */
  public static Site create(EmbeddedKafka kafka, Cores cores, BenchTokens tokens, String topic) {
    kafka.createTopic(topic, PARTITIONS, Map.of());
    return new Site(kafka, cores, tokens, topic);
  }

  /**
   * Starts a replica; when this returns it is ready.
   *
   * @param workDir an empty directory, for its key and its log
   */
  public Replica start(Launch launch, Path workDir) throws IOException, InterruptedException {
    Path key = workDir.resolve("public-key.pem");
    tokens.writePublicKey(key);
    Launch configured =
        launch
            .with("kafka.bootstrap.servers", kafka.bootstrapServers())
            .with("millrace.topic.name", topic)
            .with("mp.jwt.verify.publickey.location", key.toString())
            .with("mp.jwt.verify.publickey.algorithm", tokens.algorithm().name())
            .with("mp.jwt.verify.issuer", BenchTokens.ISSUER)
            .with("mp.jwt.verify.audiences", BenchTokens.AUDIENCE);
    return Replica.start(
        configured, cores, tokens, workDir.resolve(launch.service().module() + ".log"));
  }

  /** Publishes for everyone, each event at once. */
  public KafkaPublisher publisher() {
    return new KafkaPublisher(kafka.bootstrapServers(), topic);
  }
}
