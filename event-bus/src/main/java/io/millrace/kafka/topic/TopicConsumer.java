package io.millrace.kafka.topic;

import io.millrace.event.Positions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of every partition of one topic, outside any group. The thread that made it. */
public final class TopicConsumer implements AutoCloseable {

  /** A question to the broker must not hold the poll thread past its liveness bound. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private List<TopicPartition> partitions = List.of();

  /**
   * @param kafka ordinary Kafka client configuration
   */
  public TopicConsumer(Map<String, Object> kafka, String topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
  }

  /** Takes over partitions up to this number; those it had stay where they are. */
  public void assign(int count) {
    partitions = IntStream.range(0, count).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(partitions);
  }

  /** Goes to a place of one partition. */
  public void seek(int partition, OffsetAndMetadata place) {
    consumer.seek(partitions.get(partition), place);
  }

  /** The first record at or after this time in each partition, or its end. */
  public Positions positionsAt(Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Positions ends = ends();
    long[] next = ends.copy(0);
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            next[partition.partition()] = offset.offset();
          }
        });
    return Positions.of(next);
  }

  /** Where the log of each partition begins now. */
  public Positions beginnings() {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    return Positions.of(partitions.stream().mapToLong(beginnings::get).toArray());
  }

  /** Goes to a place of all partitions. */
  public void seek(Positions to) {
    for (int p = 0; p < partitions(); p++) {
      consumer.seek(partitions.get(p), to.at(p));
    }
  }

  /** Where each partition ends now. */
  public Positions ends() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return Positions.of(partitions.stream().mapToLong(ends::get).toArray());
  }

  /** Where each partition will be read next; past the last event where its log has gaps. */
  public Positions positions() {
    return Positions.of(partitions.stream().mapToLong(consumer::position).toArray());
  }

  /** Records known to wait on the broker. */
  public long lag() {
    return partitions.stream().mapToLong(p -> consumer.currentLag(p).orElse(0)).sum();
  }

  public int partitions() {
    return partitions.size();
  }

  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    return consumer.poll(timeout);
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
