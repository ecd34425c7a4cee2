package io.millrace.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LogCapture;
import io.millrace.testing.broker.BrokerCertificates;
import io.millrace.testing.broker.SecuredKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways a broker may ask who one is, met with ordinary client settings alone. */
class SecuredBrokerIT {

  private static final String PASSWORD = "right";

  private static SecuredKafka kafka;
  private static KafkaProducer<String, String> producer;

  /** A user and a topic no other test knows. */
  private final String user = "user-" + UUID.randomUUID();

  private final String topic = "topic-" + UUID.randomUUID();
  private final LogCapture log = new LogCapture();
  private TailFixture tail;

  @BeforeAll
  static void startBroker() {
    kafka = new SecuredKafka();
    producer =
        new KafkaProducer<>(kafka.operator(), new StringSerializer(), new StringSerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close(Duration.ZERO);
    kafka.close();
  }

  @BeforeEach
  void createTopic() {
    kafka.broker().createTopic(topic, 3, Map.of());
    kafka.setPassword(user, PASSWORD);
    kafka.allow(user, topic, AclOperation.READ);
    kafka.allow(SecuredKafka.READER, topic, AclOperation.READ);
  }

  @AfterEach
  void close() {
    tail.close();
    log.close();
  }

  @Test
  void readsAsAUserWithAPassword() {
    assertStreams(kafka.scram(user, PASSWORD));
  }

  @Test
  void readsAsAUserWithAPasswordOverTls() {
    assertStreams(kafka.scramOverTls(user, PASSWORD));
  }

  @Test
  void readsAsTheOwnerOfACertificate() {
    assertStreams(kafka.mutualTls());
  }

  @Test
  void readsAsTheBearerOfAToken() {
    assertStreams(kafka.oauth(SecuredKafka.SECRET));
  }

  private void assertStreams(Map<String, Object> client) {
    // Given
    tail = tail(client);
    tail.awaitReady();

    // When
    publish("1");
    publish("2");

    // Then
    tail.awaitData(List.of("1", "2"));
    assertEquals(List.of(), complaints());
  }

  @Test
  void saysOnceThatThePasswordIsWrongAndReadsWhenItIsRight() {
    // Given
    kafka.setPassword(user, "another");

    // When
    tail = tail(kafka.scram(user, PASSWORD));

    // Then
    assertComplainsOnce("SaslAuthenticationException: Authentication failed");

    // When
    kafka.setPassword(user, PASSWORD);
    tail.awaitReady();
    publish("1");

    // Then
    tail.awaitData(List.of("1"));
  }

  @Test
  void readsOnWhenAPasswordThatWasTakenAwayIsBack() {
    // Given
    tail = tail(kafka.scram(user, PASSWORD));
    tail.awaitReady();
    publish("1");
    tail.awaitData(List.of("1"));
    kafka.removePassword(user);
    kafka.broker().stop();
    kafka.broker().start();
    await().atMost(Duration.ofSeconds(90)).until(() -> !complaints().isEmpty());

    // When
    kafka.setPassword(user, PASSWORD);
    publish("2");

    // Then
    tail.awaitData(List.of("1", "2"));
    assertTrue(tail.topicTail.isReady());
  }

  @Test
  void saysOnceThatTheBrokersCertificateIsNotTrusted() {
    // Given
    Map<String, Object> client = new HashMap<>(kafka.scramOverTls(user, PASSWORD));
    client.putAll(new BrokerCertificates("somebody else").trust());

    // When
    tail = tail(client);

    // Then
    assertComplainsOnce("unable to find valid certification path to requested target");
  }

  @Test
  void readsWhenTheFileOfTrustedCertificatesIsReplaced(@TempDir Path mounted) throws IOException {
    // Given
    Path trusted = mounted.resolve("trusted.p12");
    Map<String, Object> client = new HashMap<>(kafka.scramOverTls(user, PASSWORD));
    Path right = Path.of((String) client.put("ssl.truststore.location", trusted.toString()));
    String wrong = new BrokerCertificates("somebody else").trust().get("ssl.truststore.location");
    Files.copy(Path.of(wrong), trusted);
    tail = tail(client);
    await().atMost(Duration.ofSeconds(90)).until(() -> !complaints().isEmpty());

    // When
    Files.copy(right, trusted, StandardCopyOption.REPLACE_EXISTING);

    // Then
    tail.awaitReady();
  }

  @Test
  void saysOnceThatTheBrokerWantsACertificate() {
    // Given
    Map<String, Object> client = new HashMap<>(kafka.mutualTls());
    client.keySet().removeIf(key -> key.startsWith("ssl.keystore"));

    // When
    tail = tail(client);

    // Then
    assertComplainsOnce("SSL");
  }

  @Test
  void saysOnceThatNoTokenIsGivenAndReadsWhenOneIs() {
    // When
    tail = tail(kafka.oauth("not yet the secret"));

    // Then
    assertComplainsOnce("401");

    // When
    kafka.issuer().expect("not yet the secret");
    tail.awaitReady();
    kafka.issuer().expect(SecuredKafka.SECRET);
    publish("1");

    // Then
    tail.awaitData(List.of("1"));
  }

  /** Through several attempts: each of them fails, the first is told. */
  private void assertComplainsOnce(String why) {
    await().atMost(Duration.ofSeconds(90)).until(() -> !complaints().isEmpty());
    await().during(Duration.ofSeconds(3)).until(() -> complaints().size() == 1);
    assertTrue(complaints().get(0).contains(why), complaints().toString());
    assertFalse(tail.topicTail.isReady());
  }

  private List<String> complaints() {
    return log.containing("Cannot read " + topic);
  }

  private TailFixture tail(Map<String, Object> client) {
    Map<String, Object> quick = new HashMap<>(client);
    quick.put("reconnect.backoff.max.ms", 200);
    return new TailFixture(topic, quick, Duration.ofMinutes(5));
  }

  private void publish(String value) {
    producer.send(new ProducerRecord<>(topic, 0, "all", value));
    producer.flush();
  }
}
