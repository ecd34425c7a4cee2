package io.millrace.bench.contender;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes to a Kafka topic, for everyone or for one person. */
public final class KafkaPublisher implements EventPublisher {

  private static final String EVERYONE = "all";

  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final AtomicLong failed = new AtomicLong();
  private final List<Header> headers =
      List.of(new RecordHeader("ce_type", EVENT_TYPE.getBytes(StandardCharsets.UTF_8)));

  KafkaPublisher(String bootstrapServers, String topic) {
    this.topic = topic;
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            // No lingering: at a paced rate every event travels alone, as it does through HTTP.
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.ACKS_CONFIG,
            "all");
    producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    producer.partitionsFor(topic); // The first event is not to wait for metadata.
  }

  @Override
  public void publish(byte[] json) {
    publish(EVERYONE, json);
  }

  /**
   * Publishes for the one client of this number.
   *
   * @see BenchTokens#subject
   */
  public void publishTo(int client, byte[] json) {
    publish("user:" + BenchTokens.subject(client), json);
  }

  /** Publishes an event of a conversation, bare. */
  public void publishIn(String conversation, byte[] json) {
    send(new ProducerRecord<>(topic, conversation, json));
  }

  private void publish(String scope, byte[] json) {
    send(new ProducerRecord<>(topic, null, scope, json, headers));
  }

  private void send(ProducerRecord<String, byte[]> record) {
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            failed.incrementAndGet();
          }
        });
  }

  /** Waits until the broker has all that was published. */
  public void flush() {
    producer.flush();
  }

  @Override
  public long failed() {
    return failed.get();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
