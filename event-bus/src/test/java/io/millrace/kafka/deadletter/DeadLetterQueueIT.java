package io.millrace.kafka.deadletter;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.MillraceConfig;
import io.millrace.event.Scope;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.telemetry.Meters;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterQueueIT {

  private static final String TOPIC = "t";

  private final EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0);
  private final KafkaProducer<String, String> producer =
      new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
  private final KafkaConsumer<String, String> dlq =
      new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer());
  private final List<ConsumerRecord<String, String>> letters = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<DeadLetterQueue> queues = new ArrayList<>();

  @BeforeEach
  void createTopics() {
    broker.createTopic(TOPIC, 3, Map.of());
    broker.createTopic(TOPIC + ".dlq", 1, Map.of("max.message.bytes", "100000"));
    dlq.assign(List.of(new TopicPartition(TOPIC + ".dlq", 0)));
    dlq.seekToBeginning(dlq.assignment());
  }

  @AfterEach
  void close() {
    queues.forEach(DeadLetterQueue::close);
    producer.close(Duration.ZERO);
    dlq.close();
    broker.close();
  }

  @Test
  void holdsEachRecordOnceHoweverManyReplicasRunAndRestart() {
    // Given
    IntStream.range(0, 10).forEach(n -> write("all", "bad " + n));
    DeadLetterQueue first = start();
    start();
    awaitLetters(10);

    // When
    first.close();
    start();
    IntStream.range(10, 20).forEach(n -> write("all", "bad " + n));
    write("all", "\"good\"");
    awaitLetters(20);
    write("all", "last");

    // Then
    awaitLetters(21);
    List<String> expected = IntStream.range(0, 20).mapToObj(n -> "bad " + n).sorted().toList();
    assertEquals(
        expected,
        letters.stream()
            .map(ConsumerRecord::value)
            .filter(v -> !v.equals("last"))
            .sorted()
            .toList());
    assertEquals(21, count("millrace.dlq.records"));
  }

  @Test
  void leavesOutWhatIsTooLargeForItAndGoesOn() {
    // Given
    start();

    // When
    write("all", "x".repeat(200_000));
    write("all", "small");

    // Then
    awaitLetters(1);
    assertEquals("small", letters.get(0).value());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(1, count("millrace.dlq.failures")));
  }

  @Test
  void saysWhatIsWrongAnewWhenADeadLetterIsWrittenBack() {
    // Given
    start();
    ProducerRecord<String, String> record = new ProducerRecord<>(TOPIC, "all", "bad");
    record.headers().add("millrace-error-reason", "an earlier one".getBytes());
    record.headers().add("mine", "kept".getBytes());

    // When
    producer.send(record);

    // Then
    awaitLetters(1);
    List<String> headers = new ArrayList<>();
    letters.get(0).headers().forEach(h -> headers.add(h.key()));
    assertEquals(
        List.of("mine", "reason", "part", "topic", "partition", "offset", "timestamp"),
        headers.stream().map(name -> name.replace("millrace-error-", "")).toList());
    byte[] reason = letters.get(0).headers().lastHeader("millrace-error-reason").value();
    assertEquals("value is not JSON", new String(reason, StandardCharsets.UTF_8));
  }

  private DeadLetterQueue start() {
    MillraceConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MillraceConfig.class)
            .addDiscoveredConverters()
            .withDefaultValue("millrace.topic.name", TOPIC)
            .withDefaultValue("millrace.dlq.enabled", "true")
            .build()
            .getConfigMapping(MillraceConfig.class);
    RecordDecoder decoder =
        new RecordDecoder(address -> Set.of(Scope.parse(address.key())), config);
    DeadLetterQueue queue =
        new DeadLetterQueue(config, kafka, decoder, new Meters(registry), InstantSource.system());
    queue.start();
    queues.add(queue);
    return queue;
  }

  private void write(String key, String value) {
    producer.send(new ProducerRecord<>(TOPIC, Math.abs(value.hashCode() % 3), key, value));
  }

  private void awaitLetters(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              dlq.poll(Duration.ofMillis(100)).forEach(letters::add);
              assertEquals(count, letters.size());
            });
  }

  private double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }
}
