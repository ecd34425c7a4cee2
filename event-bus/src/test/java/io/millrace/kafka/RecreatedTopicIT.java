package io.millrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.broker.Answers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A topic of the same name that is another one. */
class RecreatedTopicIT extends OneBrokerTest {

  @Test
  void oneWithFewerPartitionsIsReadAfterOneReset() {
    // Given
    broker.createTopic(topic, 4, Map.of());
    TailFixture tail = readyTail();
    Listener listener = open(new Listener(tail.fanout));
    KafkaProducer<String, String> producer = producer(Map.of());
    IntStream.range(0, 8).forEach(n -> send(producer, to(n % 4, Integer.toString(n))));
    Answers.eventually(() -> listener.data().size() == 8);

    // When
    recreate(1);
    Answers.eventually(() -> listener.data().contains(recreated()));
    send(producer(Map.of()), to(0, "\"new\""));

    // Then
    Answers.eventually(() -> listener.data().contains("\"new\""));
    assertEquals(List.of(recreated(), "\"new\""), listener.data().subList(8, 10));
    assertEquals(1, tail.reached().size());
  }

  @Test
  void oneMadeWhileTheBrokerWasAwayIsReadAfterOneReset() {
    // Given
    broker.createTopic(topic, 1, Map.of());
    TailFixture tail = readyTail();
    Listener listener = open(new Listener(tail.fanout));
    KafkaProducer<String, String> producer = producer(Map.of());
    IntStream.range(0, 3).forEach(n -> send(producer, to(0, Integer.toString(n))));
    Answers.eventually(() -> listener.data().size() == 3);

    // When
    Answers.of(admin.deleteTopics(List.of(topic)).all());
    broker.stop();
    assertTrue(tail.topicTail.isReady());
    broker.start();
    Answers.eventually(() -> create(2));
    Answers.eventually(() -> listener.data().contains(recreated()));
    send(producer(Map.of()), to(1, "\"new\""));

    // Then
    Answers.eventually(() -> listener.data().contains("\"new\""));
    assertEquals(List.of("0", "1", "2", recreated(), "\"new\""), listener.data());
  }

  private void recreate(int partitions) {
    Answers.of(admin.deleteTopics(List.of(topic)).all());
    Answers.eventually(() -> create(partitions));
  }

  private boolean create(int partitions) {
    broker.createTopic(topic, partitions, Map.of());
    return Answers.of(admin.describeTopics(List.of(topic)).allTopicNames())
            .get(topic)
            .partitions()
            .size()
        == partitions;
  }

  private String recreated() {
    return "{\"reason\":\"recreated\",\"topic\":\"" + topic + "\"}";
  }

  private ProducerRecord<String, String> to(int partition, String value) {
    return new ProducerRecord<>(topic, partition, "all", value);
  }
}
