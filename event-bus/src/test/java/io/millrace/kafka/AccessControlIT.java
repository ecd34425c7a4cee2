package io.millrace.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LogCapture;
import io.millrace.testing.broker.SecuredKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a replica must be allowed to do, where nothing is allowed that was not granted. */
class AccessControlIT {

  private static final String PASSWORD = "right";

  private static SecuredKafka kafka;
  private static KafkaProducer<String, String> operator;

  private final String user = "user-" + UUID.randomUUID();
  private final String topic = "topic-" + UUID.randomUUID();
  private final LogCapture log = new LogCapture();
  private TailFixture tail;

  @BeforeAll
  static void startBroker() {
    kafka = new SecuredKafka();
    operator =
        new KafkaProducer<>(kafka.operator(), new StringSerializer(), new StringSerializer());
  }

  @AfterAll
  static void stopBroker() {
    operator.close(Duration.ZERO);
    kafka.close();
  }

  @BeforeEach
  void createTopic() {
    kafka.broker().createTopic(topic, 3, Map.of());
    kafka.setPassword(user, PASSWORD);
  }

  @AfterEach
  void close() {
    if (tail != null) {
      tail.close();
    }
    log.close();
  }

  @Test
  void readOfTheTopicIsAllThatStreamingNeeds() {
    // Given
    publish("1");
    kafka.allow(user, topic, AclOperation.READ);

    // When
    tail = tail();
    tail.awaitReady();
    publish("2");

    // Then
    tail.awaitData(List.of("1", "2"));
    assertEquals(List.of(), log.containing("Cannot read " + topic));
  }

  @Test
  void withoutAnyRightItSaysSoOnceAndReadsWhenAllowed() {
    // When
    tail = tail();

    // Then
    assertComplainsOnce("TopicAuthorizationException");

    // When
    kafka.allow(user, topic, AclOperation.READ);
    tail.awaitReady();
    publish("1");

    // Then
    tail.awaitData(List.of("1"));
  }

  @Test
  void describeAloneIsNotEnough() {
    // Given
    kafka.allow(user, topic, AclOperation.DESCRIBE);

    // When
    tail = tail();

    // Then
    assertComplainsOnce("TopicAuthorizationException: Not authorized to access topics: [" + topic);
  }

  @Test
  void aRightTakenAwayIsSaidAndWhenItIsBackNothingIsMissing() {
    // Given
    kafka.allow(user, topic, AclOperation.READ);
    tail = tail();
    tail.awaitReady();
    publish("1");
    tail.awaitData(List.of("1"));

    // When
    kafka.disallow(user, topic, AclOperation.READ);
    await().atMost(Duration.ofSeconds(30)).until(() -> !complaints().isEmpty());
    publish("2");

    // Then
    assertTrue(tail.topicTail.isReady());
    assertEquals(0, tail.registry.get("millrace.kafka.connected").gauge().value());
    assertEquals(List.of("1"), tail.data());

    // When
    kafka.allow(user, topic, AclOperation.READ);

    // Then
    tail.awaitData(List.of("1", "2"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tail.registry.get("millrace.kafka.connected").gauge().value() == 1);
  }

  @Test
  void writeOfTheTopicIsAllThatPublishingNeeds() throws Exception {
    Map<String, Object> client = new HashMap<>(kafka.scram(user, PASSWORD));
    client.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      // Given
      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> producer.send(record("1")).get());
      assertTrue(refused.getCause() instanceof TopicAuthorizationException, refused.toString());

      // When
      kafka.allow(user, topic, AclOperation.WRITE);

      // Then
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> producer.send(record("2")).get().hasOffset());
    }
  }

  /** Through several attempts: each of them fails, the first is told. */
  private void assertComplainsOnce(String why) {
    await().atMost(Duration.ofSeconds(30)).until(() -> !complaints().isEmpty());
    await().during(Duration.ofSeconds(3)).until(() -> complaints().size() == 1);
    assertTrue(complaints().get(0).contains(why), complaints().toString());
    assertFalse(tail.topicTail.isReady());
  }

  private List<String> complaints() {
    return log.containing("Cannot read " + topic);
  }

  private TailFixture tail() {
    return new TailFixture(topic, kafka.scram(user, PASSWORD), Duration.ofMinutes(5));
  }

  private ProducerRecord<String, String> record(String value) {
    return new ProducerRecord<>(topic, 0, "all", value);
  }

  private void publish(String value) {
    operator.send(record(value));
    operator.flush();
  }
}
