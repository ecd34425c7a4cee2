package io.millrace.kafka;

import io.millrace.event.Positions;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.testing.broker.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** One broker for all tests of a class, a topic for each of them. */
abstract class OneBrokerTest {

  static EmbeddedKafka broker;
  static Admin admin;

  /** A topic no other test knows. */
  final String topic = "topic-" + UUID.randomUUID();

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void startBroker() {
    // Compaction comes round at once, not every 15 s.
    Map<String, String> settings = Map.of("log.cleaner.backoff.ms", "200");
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.defaults().withSettings(settings));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /** Closes it after the test. */
  final <T extends AutoCloseable> T open(T each) {
    opened.add(each);
    return each;
  }

  final TailFixture tail(String name) {
    return open(new TailFixture(name, client(), Duration.ofMinutes(5)));
  }

  static Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers(), "reconnect.backoff.max.ms", 200);
  }

  final TailFixture readyTail() {
    TailFixture tail = tail(topic);
    tail.awaitReady();
    return tail;
  }

  final KafkaProducer<String, String> producer(Map<String, Object> settings) {
    Map<String, Object> config = new HashMap<>(settings);
    config.put("bootstrap.servers", broker.bootstrapServers());
    return open(new KafkaProducer<>(config, new StringSerializer(), new StringSerializer()));
  }

  final ProducerRecord<String, String> record(String value) {
    return new ProducerRecord<>(topic, 0, "all", value);
  }

  /** Writes a record and waits until it is there. */
  static void send(KafkaProducer<String, String> producer, ProducerRecord<String, String> record) {
    try {
      producer.send(record).get();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** Where the one partition of a topic ends, with what nobody sees. */
  static Positions logEnd(String name) {
    TopicPartition asked = new TopicPartition(name, 0);
    return Positions.of(
        Answers.of(admin.listOffsets(Map.of(asked, OffsetSpec.latest())).partitionResult(asked))
            .offset());
  }
}
