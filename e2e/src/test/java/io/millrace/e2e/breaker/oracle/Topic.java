package io.millrace.e2e.breaker.oracle;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topic under test: what is done to it, and when. The schedule's thread. */
public final class Topic implements AutoCloseable {

  private static final int FIRST_PARTITIONS = 4;
  private static final int MOST_PARTITIONS = 12;

  /**
   * Records of all kinds, most of them for somebody.
   *
   * @param seed makes the same records every time
   */
  public record Burst(long seed, int records) {}

  /** Where the log began after a removal, and when that was asked for. */
  private record Removal(long nanos, Map<TopicPartition, Long> starts) {}

  private final String name;
  private final TopicContent content;
  private final KafkaProducer<String, String> producer;
  private final KafkaProducer<String, String> transactions;
  private final Admin admin;
  private final Map<String, Long> sentNanos = new ConcurrentHashMap<>();
  private final List<Removal> removals = new ArrayList<>();
  private List<Long> schedulesBegin = List.of();
  private int partitions = FIRST_PARTITIONS;

  public Topic(EmbeddedKafka kafka, String name) {
    this.name = name;
    kafka.createTopic(name, partitions, Map.of());
    kafka.createTopic(control(), 1, Map.of("cleanup.policy", "compact"));
    this.content = new TopicContent(kafka.bootstrapServers(), name);
    Map<String, Object> client =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "reconnect.backoff.max.ms", 200);
    Map<String, Object> producing = new HashMap<>(client);
    // Several records a batch, as a busy producer has.
    producing.put("linger.ms", 2);
    this.producer = new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer());
    producing.put("transactional.id", name);
    this.transactions =
        new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer());
    transactions.initTransactions();
    this.admin = Admin.create(client);
  }

  public String name() {
    return name;
  }

  /** The topic that says whose tokens are void. */
  public String control() {
    return name + "-control";
  }

  /** Makes void what tokens this subject has now. */
  public void revoke(String subject) {
    producer.send(new ProducerRecord<>(control(), "user:" + subject, "{\"action\":\"revoke\"}"));
  }

  public TopicContent content() {
    return content;
  }

  /** Everything sent before is in the content after this. */
  public void settle() {
    producer.flush();
    content.readToEnd(partitions);
  }

  /** A schedule begins: retention takes of it, not of what was before. */
  public void begin() {
    settle();
    schedulesBegin = content.end();
    sentNanos.clear();
  }

  /** Sends records to the clients of a schedule and past them; the same for the same seed. */
  public void publish(Burst burst, Cast cast) {
    publish(burst, cast, producer);
  }

  /** The same in a transaction, which is over when this returns. */
  public void transact(Burst burst, Cast cast, boolean commit) {
    transactions.beginTransaction();
    publish(burst, cast, transactions);
    transactions.flush();
    if (commit) {
      transactions.commitTransaction();
    } else {
      transactions.abortTransaction();
    }
  }

  private void publish(Burst burst, Cast cast, KafkaProducer<String, String> by) {
    Random random = new Random(burst.seed());
    for (int n = 0; n < burst.records(); n++) {
      String key = cast.anyKey(random);
      int pad = random.nextInt(100) == 0 ? 30_000 : random.nextInt(300);
      String value =
          "{\"n\":\"%s-%x-%d\",\"pad\":\"%s\"}"
              .formatted(cast.tag(), burst.seed(), n, "x".repeat(pad));
      int partition = cast.partition(key, partitions);
      ProducerRecord<String, String> sent = new ProducerRecord<>(name, partition, key, value);
      switch (random.nextInt(40)) {
        case 0 -> sent = malformed(sent, key, value.substring(0, value.length() - 1));
        case 1 -> sent = malformed(sent, key, null);
        case 2 -> sent = malformed(sent, "nobody " + key, value);
        case 3, 4 -> add(sent, "scope", cast.anyKey(random));
        case 5, 6 -> add(add(sent, "scope", cast.anyKey(random)), "scope", cast.anyKey(random));
        case 7, 8, 9 -> add(sent, "ce_type", "type-" + random.nextInt(3));
        default -> {}
      }
      sentNanos.put(value, System.nanoTime());
      by.send(sent);
    }
  }

  /** One record for everyone in each partition: what was lost before it shows when it comes. */
  public void publishLast(String tag) {
    for (int partition = 0; partition < partitions; partition++) {
      String value = "{\"n\":\"%s-last-%d\"}".formatted(tag, partition);
      producer.send(new ProducerRecord<>(name, partition, "all", value));
    }
  }

  private static ProducerRecord<String, String> malformed(
      ProducerRecord<?, ?> instead, String key, @Nullable String value) {
    return new ProducerRecord<>(instead.topic(), instead.partition(), key, value);
  }

  private static ProducerRecord<String, String> add(
      ProducerRecord<String, String> to, String header, String text) {
    to.headers().add(header, text.getBytes(StandardCharsets.UTF_8));
    return to;
  }

  /**
   * When the record with this data was given to the producer; long ago when not in this schedule.
   */
  public long sentNanos(String data) {
    return sentNanos.getOrDefault(data, Long.MIN_VALUE);
  }

  /** One more partition, up to a bound: cursors grow with them. */
  public void addPartition() throws ExecutionException, InterruptedException {
    if (partitions < MOST_PARTITIONS) {
      admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions + 1))).all().get();
      partitions++;
    }
  }

  /** Removes what retention would: a part of the schedule's records, the oldest first. */
  public void remove(double part) throws ExecutionException, InterruptedException {
    settle();
    List<Long> end = content.end();
    Map<TopicPartition, Long> starts = new HashMap<>();
    IntStream.range(0, schedulesBegin.size())
        .forEach(
            p -> {
              long first = schedulesBegin.get(p);
              starts.put(new TopicPartition(name, p), first + (long) (part * (end.get(p) - first)));
            });
    Map<TopicPartition, RecordsToDelete> request = new HashMap<>();
    starts.forEach((p, offset) -> request.put(p, RecordsToDelete.beforeOffset(offset)));
    removals.add(new Removal(System.nanoTime(), starts));
    admin.deleteRecords(request).all().get();
  }

  /** Whether something after this place had been removed from the log by then. */
  public boolean hadLost(Id place, long nanos) {
    return removals.stream()
        .filter(removal -> removal.nanos() < nanos)
        .flatMap(removal -> removal.starts().entrySet().stream())
        .anyMatch(start -> place.at(start.getKey().partition()) < start.getValue());
  }

  /** Whether something had been removed from the log by then. */
  public boolean hadLostAny(long nanos) {
    return removals.stream().anyMatch(removal -> removal.nanos() < nanos);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    transactions.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(1));
    content.close();
  }
}
