package io.millrace.e2e;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes bare key-and-value records, as any producer would. */
public final class TopicWriter implements AutoCloseable {

  private final KafkaProducer<String, String> producer;

  public TopicWriter(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new StringSerializer(),
            new StringSerializer());
  }

  /**
   * One record whose value is JSON of exactly {@code size} bytes; returns when the broker has it.
   */
  public void publish(String topic, String key, int size)
      throws ExecutionException, InterruptedException {
    String start = "{\"text\":\"";
    publish(topic, key, start + "x".repeat(size - start.length() - 2) + "\"}");
  }

  /** One record; returns when the broker has it. */
  public void publish(String topic, String key, String value)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, key, value)).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
