package io.millrace.testing;

import io.millrace.kafka.embedded.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker, for as long as a service under test runs. Its argument {@code at-start} says what the
 * service finds: {@code topic} (the default), {@code no-topic} or {@code no-broker}.
 */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

  public static final int PARTITIONS = 12;

  private static final Map<String, TopicWriter> WRITERS = new HashMap<>();

  private static EmbeddedKafka broker;

  private String atStart = "topic";

  @Override
  public void init(Map<String, String> arguments) {
    atStart = arguments.getOrDefault("at-start", atStart);
  }

  @Override
  public Map<String, String> start() {
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    if (!atStart.equals("no-topic")) {
      createTopics();
    }
    if (atStart.equals("no-broker")) {
      broker.stop();
    }
    return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
  }

  public static void createTopics() {
    for (Surface surface : Surface.values()) {
      broker.createTopic(surface.topic(), PARTITIONS, Map.of());
    }
  }

  /** The broker of the service that runs now. */
  public static EmbeddedKafka broker() {
    return broker;
  }

  /** One for all tests: to make one takes longer than most of them. */
  public static synchronized TopicWriter writer(String topic) {
    return WRITERS.computeIfAbsent(topic, made -> new TopicWriter(broker.bootstrapServers(), made));
  }

  @Override
  public void stop() {
    WRITERS.values().forEach(TopicWriter::close);
    WRITERS.clear();
    broker.close();
  }
}
