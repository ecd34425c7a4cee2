package io.millrace.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to a topic, each acknowledged before the next. */
public final class TopicWriter implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  TopicWriter(String bootstrapServers, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public RecordMetadata write(TestRecord record) {
    try {
      return producer.send(record.to(topic)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Writes all, in order for each partition; returns when all are acknowledged. */
  public void writeAll(List<TestRecord> records) {
    records.forEach(record -> producer.send(record.to(topic)));
    producer.flush();
  }

  public RecordMetadata write(String key, String value) {
    return write(TestRecord.of(key, value));
  }

  @Override
  public void close() {
    producer.close();
  }
}
