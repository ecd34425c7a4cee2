package io.millrace.e2e.breaker.oracle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the topic holds, read with a plain consumer and decoded by wire.md §1 alone: the truth that
 * every client is measured against. The schedule's thread.
 */
public final class TopicContent implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * A record somebody may see.
   *
   * @param event its SSE event name
   */
  public record Recorded(
      int partition, long offset, String event, String data, Set<String> scopes) {}

  private static final Comparator<Recorded> BY_OFFSET = Comparator.comparingLong(Recorded::offset);

  private final String topic;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, Recorded> byData = new HashMap<>();
  private final Map<String, List<Recorded>> byScope = new HashMap<>();

  /** What was asked for since the last record. */
  private final Map<Set<String>, List<List<Recorded>>> visible = new HashMap<>();

  private List<TopicPartition> partitions = List.of();

  public TopicContent(String bootstrapServers, String topic) {
    this.topic = topic;
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "fetch.max.wait.ms",
            20,
            "reconnect.backoff.max.ms",
            200);
    this.consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads on to where the log ends now. */
  public void readToEnd(int partitionCount) {
    if (partitionCount != partitions.size()) {
      partitions =
          IntStream.range(0, partitionCount).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(partitions);
      visible.clear();
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Duration.ofSeconds(30));
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(POLL).forEach(this::add);
    }
  }

  private void add(ConsumerRecord<String, byte[]> found) {
    Optional<Recorded> decoded = decode(found);
    if (decoded.isEmpty()) {
      return;
    }
    Recorded recorded = decoded.get();
    visible.clear();
    if (byData.put(recorded.data(), recorded) != null) {
      throw new IllegalStateException("published twice: " + recorded);
    }
    recorded
        .scopes()
        .forEach(s -> byScope.computeIfAbsent(s, n -> new ArrayList<>()).add(recorded));
  }

  private static Optional<Recorded> decode(ConsumerRecord<String, byte[]> found) {
    if (found.key() == null || found.value() == null) {
      return Optional.empty();
    }
    String data = new String(found.value(), StandardCharsets.UTF_8);
    Set<String> headers = Set.copyOf(headers(found, "scope"));
    Set<String> scopes = headers.isEmpty() ? Set.of(found.key()) : headers;
    boolean known =
        scopes.stream().allMatch(s -> s.matches("all|user:.+|tenant:[^/]+|role:[^/]+/.+"));
    // The publisher writes objects and, for malformed ones, halves of them.
    if (!known || !data.endsWith("}")) {
      return Optional.empty();
    }
    List<String> types = headers(found, "ce_type");
    String event = types.isEmpty() ? Visit.UNNAMED : types.get(0);
    return Optional.of(new Recorded(found.partition(), found.offset(), event, data, scopes));
  }

  private static List<String> headers(ConsumerRecord<?, ?> found, String name) {
    return StreamSupport.stream(found.headers().headers(name).spliterator(), false)
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  /** The record with this data; its data is what makes a record known. */
  public Optional<Recorded> withData(String data) {
    return Optional.ofNullable(byData.get(data));
  }

  /** All that those who hear these scopes see, by partition, in order. */
  public List<List<Recorded>> visibleTo(Set<String> scopes) {
    return visible.computeIfAbsent(scopes, this::partitioned);
  }

  private List<List<Recorded>> partitioned(Set<String> scopes) {
    List<List<Recorded>> found = new ArrayList<>();
    partitions.forEach(partition -> found.add(new ArrayList<>()));
    scopes.stream()
        .flatMap(scope -> byScope.getOrDefault(scope, List.of()).stream())
        .distinct()
        .sorted(BY_OFFSET)
        .forEach(recorded -> found.get(recorded.partition()).add(recorded));
    return found;
  }

  /** Where each partition ends, as far as it was read. */
  public List<Long> end() {
    return partitions.stream().map(consumer::position).toList();
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
