package io.millrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.broker.Answers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What producers and the broker make of batches: compressed ones, and what compaction left. */
class RecordBatchesIT extends OneBrokerTest {

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void readsCompressedBatches(String codec) {
    // Given
    broker.createTopic(topic, 1, Map.of());
    TailFixture tail = readyTail();
    KafkaProducer<String, String> producer =
        producer(Map.of("compression.type", codec, "linger.ms", 50));
    List<String> values = IntStream.range(0, 300).mapToObj(n -> "\"event " + n + "\"").toList();

    // When
    values.forEach(value -> producer.send(record(value)));
    producer.flush();

    // Then
    tail.awaitData(values);
    assertTrue(compressionRate(producer) < 0.9);
  }

  private static double compressionRate(KafkaProducer<?, ?> producer) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("compression-rate-avg"))
        .filter(metric -> metric.getKey().group().equals("producer-metrics"))
        .mapToDouble(metric -> (Double) metric.getValue().metricValue())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsWhatCompactionLeft() {
    // Given
    broker.createTopic(
        topic,
        1,
        Map.of("cleanup.policy", "compact", "segment.ms", "100", "min.cleanable.dirty.ratio", "0"));
    KafkaProducer<String, String> producer = producer(Map.of());
    IntStream.range(0, 50).forEach(n -> send(producer, keyed("all", Integer.toString(n))));
    IntStream.range(0, 50).forEach(n -> send(producer, keyed("user:other", "1")));

    // When
    Answers.eventually(
        () -> {
          send(producer, keyed("user:other", "1"));
          return readyTail().data().size() == 1;
        });
    TailFixture tail = readyTail();

    // Then
    assertEquals(List.of("49"), tail.data());
    assertEquals(logEnd(topic), tail.reached());
    send(producer, keyed("all", "50"));
    tail.awaitData(List.of("49", "50"));
  }

  private ProducerRecord<String, String> keyed(String key, String value) {
    return new ProducerRecord<>(topic, 0, key, value);
  }
}
