package io.millrace.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Everything in a topic, to the byte, from its beginning on. */
public final class TopicReader implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  public TopicReader(String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", KafkaResource.broker().bootstrapServers());
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /** The records with this key, once there are so many. */
  public List<ConsumerRecord<byte[], byte[]>> await(String key, int count) {
    Awaitility.await("records of " + key)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              consumer.poll(Duration.ofMillis(50)).forEach(records::add);
              assertTrue(with(key).size() >= count, () -> with(key).size() + " of " + count);
            });
    return with(key);
  }

  /** The records with this key that are in the topic now. */
  public List<ConsumerRecord<byte[], byte[]>> now(String key) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(50)).forEach(records::add);
    }
    return with(key);
  }

  private List<ConsumerRecord<byte[], byte[]>> with(String key) {
    return records.stream().filter(record -> key.equals(text(record.key()))).toList();
  }

  /** The headers of a record, in order, as {@code name=value}. */
  public static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
    return StreamSupport.stream(record.headers().spliterator(), false)
        .map(header -> header.key() + "=" + text(header.value()))
        .toList();
  }

  public static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
