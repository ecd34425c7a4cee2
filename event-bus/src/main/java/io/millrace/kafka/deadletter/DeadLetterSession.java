package io.millrace.kafka.deadletter;

import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.record.RecordDecoder.Fault;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One membership in the group that reads the topic for its malformed records, and one producer to
 * set them aside. A place is committed once all malformed records before it are written; a write
 * that fails ends the session, and the next begins at the place committed last. The thread that
 * made it.
 */
final class DeadLetterSession implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** Bytes the broker waits for before it answers: nobody waits for a dead letter. */
  private static final int FETCH_MIN_BYTES = 64 << 10;

  /** Most bytes of one answer: this thread shares the heap with the tail. */
  private static final int FETCH_MAX_BYTES = 4 << 20;

  /** Records of one poll, so that a place is committed a few times a second at most. */
  private static final int POLL_RECORDS = 5_000;

  /** How long a write is tried before the session ends and begins anew. */
  private static final int DELIVERY_TIMEOUT_MS = 30_000;

  /** How long the DLQ may take to be found. */
  private static final int METADATA_TIMEOUT_MS = 10_000;

  /** Largest record to set aside: malformed ones may be far over the size of an event. */
  private static final int MAX_RECORD_BYTES = 16 << 20;

  private final String topic;
  private final String dlq;
  private final RecordDecoder decoder;
  private final Meters meters;
  private final KafkaProducer<byte @Nullable [], byte @Nullable []> producer;
  private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;

  DeadLetterSession(
      Map<String, Object> kafka, DeadLetterTopic topics, RecordDecoder decoder, Meters meters) {
    this.topic = topics.source();
    this.dlq = topics.name();
    this.decoder = decoder;
    this.meters = meters;
    this.producer = producer(kafka);
    try {
      producer.partitionsFor(dlq);
      this.consumer = consumer(kafka, topics.group());
    } catch (KafkaException missing) {
      producer.close(CLOSE_TIMEOUT);
      throw missing;
    }
    consumer.subscribe(List.of(topic));
  }

  private static KafkaProducer<byte @Nullable [], byte @Nullable []> producer(
      Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS / 2);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, METADATA_TIMEOUT_MS);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer(
      Map<String, Object> kafka, String group) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Nothing in the topic goes unseen: neither what came before the group nor a new partition.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads on for a moment. */
  void read() throws InterruptedException {
    ConsumerRecords<byte @Nullable [], byte @Nullable []> records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    List<Pending> pending = new ArrayList<>();
    for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : records) {
      Optional<Fault> fault = decoder.fault(record);
      if (fault.isPresent()) {
        pending.add(new Pending(record, producer.send(DeadLetter.of(record, fault.get(), dlq))));
      }
    }
    for (Pending each : pending) {
      settle(each);
    }
    consumer.commitSync();
  }

  private record Pending(ConsumerRecord<?, ?> record, Future<RecordMetadata> written) {}

  private void settle(Pending pending) throws InterruptedException {
    try {
      pending.written().get();
      meters.deadLetter();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RecordTooLargeException tooLarge) {
        // It will not get smaller, and it must not keep the others back.
        ConsumerRecord<?, ?> record = pending.record();
        meters.deadLetterFailed("too-large");
        EventBusLog.LOG.deadLetterTooLarge(topic, record.partition(), record.offset(), dlq);
      } else if (failure.getCause() instanceof KafkaException kafka) {
        throw kafka;
      } else {
        throw new KafkaException(failure.getCause());
      }
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    producer.close(CLOSE_TIMEOUT);
  }
}
