package io.millrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.broker.Answers;
import io.millrace.testing.broker.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leaders that come and go, and one that was elected without having all records. */
class ThreeBrokersIT {

  private static final String TRUNCATED = "{\"reason\":\"truncated\",\"topic\":\"%s\"}";

  private static KafkaCluster cluster;
  private static KafkaProducer<String, String> producer;

  private TailFixture tail;
  private Listener listener;

  @BeforeAll
  static void startCluster() {
    cluster = new KafkaCluster();
    Map<String, Object> client = new HashMap<>(cluster.client());
    client.putAll(Map.of("acks", "all", "linger.ms", 0, "delivery.timeout.ms", 60_000));
    client.put("request.timeout.ms", 5_000);
    producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
  }

  @AfterAll
  static void stopCluster() {
    producer.close(Duration.ZERO);
    cluster.close();
  }

  @AfterEach
  void close() {
    listener.close();
    tail.close();
  }

  @Test
  void nothingIsLostOrRepeatedWhileLeadersChange() {
    // Given
    String topic = "leaders";
    NewTopic replicated = new NewTopic(topic, 3, (short) 3);
    cluster.createTopic(replicated.configs(Map.of("min.insync.replicas", "2")));
    listen(topic);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<List<List<String>>> writing =
        CompletableFuture.supplyAsync(() -> writeUntil(enough, topic, 3));

    // When
    for (int change = 0; change < 2; change++) {
      int leader = cluster.leader(topic, 0);
      int before = listener.data().size();
      cluster.stop(leader);
      Answers.eventually(() -> listener.data().size() > before + 50);
      cluster.start(leader);
      Answers.eventually(() -> cluster.partition(topic, 0).isr().size() == 3);
    }
    enough.set(true);
    List<List<String>> written = writing.join();

    // Then
    for (int p = 0; p < 3; p++) {
      String partition = "\"" + p + "-";
      List<String> expected = written.get(p);
      Answers.eventually(() -> listener.data().contains(expected.get(expected.size() - 1)));
      assertEquals(
          expected, listener.data().stream().filter(d -> d.startsWith(partition)).toList());
    }
    assertEquals(written.stream().mapToInt(List::size).sum(), listener.data().size());
  }

  /** Values acknowledged, by partition. */
  private static List<List<String>> writeUntil(AtomicBoolean enough, String topic, int partitions) {
    List<List<String>> written = new ArrayList<>();
    IntStream.range(0, partitions).forEach(p -> written.add(new ArrayList<>()));
    for (int n = 0; !enough.get(); n++) {
      for (int p = 0; p < partitions; p++) {
        String value = "\"" + p + "-" + n + "\"";
        write(topic, p, value);
        written.get(p).add(value);
      }
    }
    return written;
  }

  @Test
  void aLeaderWithoutTheLastRecordsResetsOpenStreams() {
    // Given
    String topic = "unclean";
    writeWhatWillBeLost(topic);

    // When
    rewrite(topic);

    // Then
    assertResetAndGoesOn(topic);
  }

  @Test
  void aLogRewrittenBetweenTwoConsumersResetsOpenStreams() {
    // Given
    String topic = "unclean-between";
    writeWhatWillBeLost(topic);

    // When
    CountDownLatch held = tail.holdSession();
    rewrite(topic);
    held.countDown();

    // Then
    assertResetAndGoesOn(topic);
  }

  /** Two records on both brokers, three on the leader alone. */
  private void writeWhatWillBeLost(String topic) {
    NewTopic unclean = new NewTopic(topic, Map.of(0, List.of(1, 2)));
    cluster.createTopic(
        unclean.configs(
            Map.of("unclean.leader.election.enable", "true", "min.insync.replicas", "1")));
    listen(topic);
    write(topic, 0, "1");
    write(topic, 0, "2");
    cluster.stop(2);
    Answers.eventually(() -> cluster.partition(topic, 0).isr().size() == 1);
    List.of("3", "4", "5").forEach(lost -> write(topic, 0, lost));
    Answers.eventually(() -> listener.data().size() == 5);
  }

  /** The leader is lost, and its offsets are filled with other records. */
  private void rewrite(String topic) {
    cluster.stop(1);
    cluster.start(2);
    Answers.eventually(() -> cluster.leader(topic, 0) == 2);
    IntStream.range(0, 20).forEach(n -> write(topic, 0, "\"other " + n + "\""));
  }

  private void assertResetAndGoesOn(String topic) {
    String reset = TRUNCATED.formatted(topic);
    Answers.eventually(() -> listener.data().contains(reset));
    write(topic, 0, "\"next\"");
    Answers.eventually(() -> listener.data().contains("\"next\""));
    List<String> data = listener.data();
    assertEquals(List.of("1", "2", "3", "4", "5", reset), data.subList(0, 6));
    assertEquals(1, data.stream().filter(d -> d.contains("reason")).count(), data.toString());
    assertTrue(tail.topicTail.isReady());
    cluster.start(1);
  }

  private void listen(String topic) {
    tail = new TailFixture(topic, cluster.client(), Duration.ofMinutes(5));
    tail.awaitReady();
    listener = new Listener(tail.fanout);
  }

  private static void write(String topic, int partition, String value) {
    try {
      producer.send(new ProducerRecord<>(topic, partition, "all", value)).get();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
