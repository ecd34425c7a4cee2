package io.millrace.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.runtime.Failure;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordPublisherIT {

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 1, Map.of());
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void saysWhereTheRecordIs() {
    try (RecordPublisher publisher = RecordPublisher.connect(kafka.bootstrapServers())) {
      long first = publisher.publish(record("{}", Optional.empty(), List.of())).offset();

      RecordMetadata second = publisher.publish(record("{}", Optional.empty(), List.of()));

      assertEquals(0, second.partition());
      assertEquals(first + 1, second.offset());
    }
  }

  @Test
  void writesTheBareFormWithoutAType() {
    ConsumerRecord<String, String> read =
        publishAndRead(record("{\"n\": 1}", Optional.empty(), List.of()));

    assertEquals("user:alice", read.key());
    assertEquals("{\"n\": 1}", read.value());
    assertEquals(0, read.headers().toArray().length);
  }

  @Test
  void writesACloudEventWithAType() {
    ConsumerRecord<String, String> read =
        publishAndRead(record("{}", Optional.of("order.shipped"), List.of("all", "tenant:acme")));

    assertEquals(List.of("order.shipped"), header(read, "ce_type"));
    assertEquals(List.of("1.0"), header(read, "ce_specversion"));
    assertEquals(List.of("all", "tenant:acme"), header(read, "scope"));
    assertFalse(header(read, "ce_id").isEmpty());
  }

  @Test
  void namesATopicThatDoesNotExist() {
    try (RecordPublisher publisher = RecordPublisher.connect(kafka.bootstrapServers())) {
      OutgoingRecord lost =
          new OutgoingRecord(
              "notfications", "all", new JsonText("{}"), Optional.empty(), List.of());

      Failure refused = assertThrows(Failure.class, () -> publisher.publish(lost));

      assertTrue(
          refused.getMessage().endsWith("does not know the topic notfications"),
          refused.getMessage());
    }
  }

  @Test
  void saysSoonThatThereIsNoBroker() {
    String nobody = "127.0.0.1:" + LoopbackPort.free();

    Failure refused =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () -> assertThrows(Failure.class, () -> RecordPublisher.connect(nobody)));

    assertEquals(
        "no Kafka broker answers at " + nobody + ": Connection refused", refused.getMessage());
  }

  @Test
  void namesABadAddress() {
    Failure refused = assertThrows(Failure.class, () -> RecordPublisher.connect("localhost"));

    assertTrue(refused.getMessage().startsWith("bootstrap: "), refused.getMessage());
  }

  private static OutgoingRecord record(String json, Optional<String> type, List<String> scopes) {
    return new OutgoingRecord("notifications", "user:alice", new JsonText(json), type, scopes);
  }

  private static List<String> header(ConsumerRecord<String, String> record, String name) {
    return StreamSupport.stream(record.headers().headers(name).spliterator(), false)
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static ConsumerRecord<String, String> publishAndRead(OutgoingRecord record) {
    Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
    TopicPartition partition = new TopicPartition("notifications", 0);
    try (RecordPublisher publisher = RecordPublisher.connect(kafka.bootstrapServers());
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, publisher.publish(record).offset());
      return Awaitility.await()
          .pollInSameThread()
          .until(() -> consumer.poll(Duration.ofMillis(100)), records -> !records.isEmpty())
          .iterator()
          .next();
    }
  }
}
