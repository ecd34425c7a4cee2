package io.millrace.kafka.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.kafka.embedded.EmbeddedKafka.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  @Test
  void carriesRecordsFromProducerToConsumer() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults())) {
      // Given
      kafka.createTopic("orders", 3, Map.of("retention.ms", "60000"));

      // When
      produce(kafka, "orders", "one", "two");

      // Then
      assertEquals(List.of("one", "two"), consume(kafka, "orders", 3, 2));
    }
  }

  @Test
  void keepsRecordsAndIdentityThroughAnOutage() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults())) {
      // Given
      kafka.createTopic("orders", 1, Map.of());
      produce(kafka, "orders", "before");
      String bootstrapServers = kafka.bootstrapServers();

      // When
      kafka.stop();
      assertTrue(LoopbackPort.isFree(kafka.port()));
      kafka.start();

      // Then
      produce(kafka, "orders", "after");
      assertEquals(bootstrapServers, kafka.bootstrapServers());
      assertEquals(List.of("before", "after"), consume(kafka, "orders", 1, 2));
    }
  }

  @Test
  void keepsAGivenDirectoryForTheNextBroker(@TempDir Path directory) throws Exception {
    // Given
    Options options = Options.defaults().withData(directory);
    String clusterId;
    try (EmbeddedKafka first = EmbeddedKafka.start(options)) {
      clusterId = first.clusterId();
      first.createTopic("orders", 1, Map.of());
      produce(first, "orders", "kept");
    }

    // When
    try (EmbeddedKafka second = EmbeddedKafka.start(options)) {

      // Then
      assertEquals(clusterId, second.clusterId());
      assertEquals(List.of("kept"), consume(second, "orders", 1, 1));
    }
  }

  @Test
  void removesATemporaryDirectoryOnClose() {
    // Given
    EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults());
    assertTrue(Files.exists(kafka.dataDirectory()));

    // When
    kafka.close();

    // Then
    assertFalse(Files.exists(kafka.dataDirectory()));
  }

  @Test
  void leavesAnExistingTopicAsItIs() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      // Given
      kafka.createTopic("orders", 2, Map.of());

      // When
      kafka.createTopic("orders", 5, Map.of());

      // Then
      assertEquals(
          2,
          admin
              .describeTopics(List.of("orders"))
              .topicNameValues()
              .get("orders")
              .get()
              .partitions()
              .size());
    }
  }

  @Test
  void namesABadTopicSetting() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults())) {
      // When
      EmbeddedKafkaException refused =
          assertThrows(
              EmbeddedKafkaException.class,
              () -> kafka.createTopic("orders", 1, Map.of("retention.ms", "soon")));

      // Then
      assertTrue(refused.getMessage().contains("retention.ms"), refused.getMessage());
    }
  }

  @Test
  void neverMakesATopicByItself() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults())) {
      // When
      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> produce(kafka, "oders", "lost"));

      // Then
      assertTrue(refused.getCause() instanceof TimeoutException, refused.toString());
    }
  }

  @Test
  void refusesATakenPort() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When
      PortTakenException refused =
          assertThrows(
              PortTakenException.class,
              () -> EmbeddedKafka.start(Options.defaults().withPort(other.getLocalPort())));

      // Then
      assertEquals(other.getLocalPort(), refused.port());
      assertEquals(
          "port " + other.getLocalPort() + " is taken by another process", refused.getMessage());
    }
  }

  @Test
  void refusesADirectoryInUseAndLeavesItsOwnerAlone(@TempDir Path directory) throws Exception {
    Options options = Options.defaults().withData(directory);
    try (EmbeddedKafka owner = EmbeddedKafka.start(options)) {
      // Given
      owner.createTopic("orders", 1, Map.of());

      // When
      EmbeddedKafkaException refused =
          assertThrows(EmbeddedKafkaException.class, () -> EmbeddedKafka.start(options));

      // Then
      assertTrue(refused.getMessage().contains("lock"), refused.getMessage());
      produce(owner, "orders", "still here");
      assertEquals(List.of("still here"), consume(owner, "orders", 1, 1));
    }
  }

  @Test
  void stopsAndStartsTwiceWithoutEffect() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.defaults())) {
      // When
      kafka.start();
      assertFalse(LoopbackPort.isFree(kafka.port()));
      kafka.stop();
      kafka.stop();

      // Then
      assertTrue(LoopbackPort.isFree(kafka.port()));
    }
  }

  private static void produce(EmbeddedKafka kafka, String topic, String... values)
      throws ExecutionException, InterruptedException {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "max.block.ms", 3_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, "user:alice", value)).get();
      }
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, String topic, int partitions, int n) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic, partition));
      }
      consumer.assign(all);
      List<String> values = new ArrayList<>();
      Awaitility.await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(100))) {
                  values.add(record.value());
                }
                return values.size() >= n;
              });
      return values;
    }
  }
}
