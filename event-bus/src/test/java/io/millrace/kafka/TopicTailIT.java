package io.millrace.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicTailIT {

  private static final Duration WARM_START = Duration.ofMinutes(5);

  private final EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0);
  private final KafkaProducer<String, String> producer =
      new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
  private final Admin admin = Admin.create(kafka);
  private final List<TailFixture> fixtures = new ArrayList<>();

  @AfterEach
  void close() {
    fixtures.forEach(TailFixture::close);
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void isReadyOnlyWhenTheRecentPastIsInMemory() {
    broker.createTopic(TailFixture.TOPIC, 3, Map.of());
    send(0, Instant.now().minus(Duration.ofMinutes(10)), "old");
    send(0, Instant.now().minus(Duration.ofMinutes(1)), "recent");

    TailFixture tail = tail();

    awaitReady(tail);
    assertEquals(List.of("\"recent\""), tail.data());
  }

  @Test
  void waitsForATopicThatDoesNotExistYet() {
    TailFixture tail = tail();
    await().during(Duration.ofSeconds(2)).until(() -> !tail.topicTail.isReady());

    broker.createTopic(TailFixture.TOPIC, 1, Map.of());

    awaitReady(tail);
  }

  @Test
  void waitsForABrokerThatIsNotThereYet() {
    broker.createTopic(TailFixture.TOPIC, 1, Map.of());
    broker.stop();
    TailFixture tail = tail();
    await().during(Duration.ofSeconds(2)).until(() -> !tail.topicTail.isReady());

    broker.start();

    awaitReady(tail);
  }

  @Test
  void goesOnWhereItStoppedWhenTheBrokerComesBack() {
    broker.createTopic(TailFixture.TOPIC, 3, Map.of());
    TailFixture tail = tail();
    awaitReady(tail);
    send(0, Instant.now(), "before");
    awaitData(tail, "\"before\"");

    broker.stop();
    assertTrue(tail.topicTail.isReady());
    broker.start();
    send(0, Instant.now(), "after");

    awaitData(tail, "\"before\"", "\"after\"");
    assertTrue(tail.topicTail.lastTick().isAfter(Instant.now().minusSeconds(10)));
  }

  @Test
  void readsNewPartitionsFromTheirFirstRecord() throws Exception {
    broker.createTopic(TailFixture.TOPIC, 1, Map.of());
    TailFixture tail = tail();
    awaitReady(tail);

    admin.createPartitions(Map.of(TailFixture.TOPIC, NewPartitions.increaseTo(3))).all().get();
    awaitPartitions(3);
    send(2, Instant.now(), "first of its partition");

    awaitData(tail, "\"first of its partition\"");
  }

  @Test
  void startsAnewWhenTheTopicWasCreatedAnew() throws Exception {
    broker.createTopic(TailFixture.TOPIC, 1, Map.of());
    TailFixture tail = tail();
    awaitReady(tail);
    send(0, Instant.now(), "of the old topic");
    awaitData(tail, "\"of the old topic\"");
    String epoch = tail.tail.epoch();

    admin.deleteTopics(List.of(TailFixture.TOPIC)).all().get();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> broker.createTopic(TailFixture.TOPIC, 2, Map.of()));
    await().atMost(Duration.ofSeconds(20)).until(() -> !tail.tail.epoch().equals(epoch));
    send(0, Instant.now(), "of the new topic");

    awaitData(tail, "\"of the new topic\"");
    assertNotEquals(epoch, tail.tail.epoch());
  }

  @Test
  void startsAnewWhenRecordsWereDeletedUnread() throws Exception {
    broker.createTopic(TailFixture.TOPIC, 1, Map.of());
    IntStream.range(0, 10).forEach(i -> send(0, Instant.now(), "n" + i));
    TailFixture tail = tail();
    awaitReady(tail);
    broker.stop();
    broker.start();
    RecordsToDelete all = RecordsToDelete.beforeOffset(10);
    admin.deleteRecords(Map.of(new TopicPartition(TailFixture.TOPIC, 0), all)).all().get();

    send(0, Instant.now(), "next");

    await().atMost(Duration.ofSeconds(20)).until(() -> tail.data().contains("\"next\""));
  }

  @Test
  void refusesReadinessWhenACursorCanNotFit() {
    broker.createTopic(TailFixture.TOPIC, 800, Map.of());
    for (int p = 0; p < 800; p += 2) {
      for (int i = 0; i < 70; i++) {
        producer.send(new ProducerRecord<>(TailFixture.TOPIC, p, "all", "1"));
      }
    }
    producer.flush();

    TailFixture tail = tail();

    await().atMost(Duration.ofSeconds(30)).until(() -> tail.data().size() == 400 * 70);
    assertFalse(tail.topicTail.isReady());
  }

  private TailFixture tail() {
    TailFixture fixture = new TailFixture(broker.bootstrapServers(), WARM_START);
    fixtures.add(fixture);
    return fixture;
  }

  private void send(int partition, Instant time, String text) {
    ProducerRecord<String, String> record =
        new ProducerRecord<>(
            TailFixture.TOPIC, partition, time.toEpochMilli(), "all", '"' + text + '"');
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  private void awaitPartitions(int count) {
    await().until(() -> producer.partitionsFor(TailFixture.TOPIC).size() == count);
  }

  private static void awaitReady(TailFixture tail) {
    await().atMost(Duration.ofSeconds(20)).until(tail.topicTail::isReady);
  }

  private static void awaitData(TailFixture tail, String... data) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(List.of(data), tail.data()));
  }
}
