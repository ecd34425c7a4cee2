package io.millrace.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import io.millrace.testing.LogCapture;
import io.millrace.testing.broker.Answers;
import io.millrace.testing.broker.SlowProxy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that is slow, silent, away for long, or that holds its readers back. */
class BrokerTroubleIT {

  private static EmbeddedKafka broker;
  private static SlowProxy network;
  private static Map<String, Object> client;

  private final String topic = "topic-" + UUID.randomUUID();
  private final LogCapture log = new LogCapture();
  private KafkaProducer<String, String> producer;
  private TailFixture tail;
  private Listener listener;

  @BeforeAll
  static void startBroker() {
    int port = LoopbackPort.free();
    int proxy = LoopbackPort.free();
    String advertised = "PLAINTEXT://127.0.0.1:" + proxy;
    network = new SlowProxy(proxy, port);
    broker =
        EmbeddedKafka.start(
            EmbeddedKafka.Options.defaults()
                .withPort(port)
                // Quotas look at two seconds, not at eleven.
                .withSettings(Map.of("advertised.listeners", advertised, "quota.window.num", "2")));
    client = Map.of("bootstrap.servers", "127.0.0.1:" + proxy, "reconnect.backoff.max.ms", 200);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    network.close();
  }

  @BeforeEach
  void createTopic() {
    broker.createTopic(topic, 1, Map.of());
    producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
  }

  @AfterEach
  void close() {
    network.delay(Duration.ZERO);
    network.speak();
    listener.close();
    tail.close();
    producer.close(Duration.ZERO);
    log.close();
  }

  @Test
  void aSlowBrokerIsReadInOrder() {
    // Given
    network.delay(Duration.ofMillis(300));
    listen(client);

    // When
    List<String> values = publish(30);

    // Then
    awaitHeard(values);
  }

  @Test
  void aNetworkThatDropsEverythingForAWhileLosesNothing() {
    // Given
    Map<String, Object> impatient = new HashMap<>(client);
    impatient.put("request.timeout.ms", 1_000);
    listen(impatient);
    List<String> values = publish(3);
    awaitHeard(values);

    // When
    network.fallSilent();
    await().atMost(Duration.ofSeconds(40)).until(() -> !log.containing("No word").isEmpty());
    assertTrue(tail.topicTail.isReady());
    network.speak();
    List<String> all = publish(6);

    // Then
    awaitHeard(List.of(values, all).stream().flatMap(List::stream).toList());
  }

  @Test
  void aBrokerAwayForLongerThanEveryTimeoutIsReadOn() {
    // Given
    Map<String, Object> impatient = new HashMap<>(client);
    impatient.put("request.timeout.ms", 1_000);
    impatient.put("metadata.max.age.ms", 1_000);
    impatient.put("metadata.recovery.rebootstrap.trigger.ms", 2_000);
    impatient.put("connections.max.idle.ms", 3_000);
    listen(impatient);
    List<String> values = publish(3);
    awaitHeard(values);

    // When
    broker.stop();

    // Then
    await()
        .atMost(Duration.ofSeconds(40))
        .during(Duration.ofSeconds(15))
        .until(() -> tail.topicTail.isReady() && tail.topicTail.lastTick().isAfter(lately()));
    assertEquals(1, log.containing("No word of " + topic).size());
    assertEquals(0, connected());

    // When
    broker.start();
    List<String> more = publish(3);

    // Then
    awaitHeard(List.of(values, more).stream().flatMap(List::stream).toList());
    await().atMost(Duration.ofSeconds(30)).until(() -> connected() == 1);
    assertEquals(1, log.containing(topic + " is there again").size());
  }

  private static Instant lately() {
    return Instant.now().minusSeconds(10);
  }

  private double connected() {
    return tail.registry.get("millrace.kafka.connected").gauge().value();
  }

  @Test
  void aReaderHeldBackByAQuotaGetsEverythingInOrder() throws Exception {
    try (Admin admin = Admin.create(client)) {
      // Given
      limit(admin, 200_000.0);
      Map<String, Object> inSmallParts = new HashMap<>(client);
      inSmallParts.put("max.partition.fetch.bytes", 100_000);
      listen(inSmallParts);
      String kilobyte = "x".repeat(1_000);

      // When
      List<String> values =
          IntStream.range(0, 1_000).mapToObj(n -> '"' + kilobyte + n + '"').toList();
      values.forEach(value -> producer.send(new ProducerRecord<>(topic, 0, "all", value)));
      producer.flush();

      // Then
      awaitHeard(values);
      assertTrue(throttleMillis() > 0);
    } finally {
      try (Admin admin = Admin.create(client)) {
        limit(admin, null);
      }
    }
  }

  /** Bytes a second for every client; none when null. */
  private static void limit(Admin admin, Double bytesPerSecond) {
    ClientQuotaEntity everyone =
        new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
    ClientQuotaAlteration.Op rate =
        new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond);
    Answers.of(
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(everyone, List.of(rate)))).all());
  }

  /** What the consumers of this JVM say of how long the broker made them wait. */
  private static double throttleMillis() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> consumers =
        beans.queryNames(
            new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*"), null);
    double longest = 0;
    for (ObjectName consumer : consumers) {
      longest = Math.max(longest, (Double) beans.getAttribute(consumer, "fetch-throttle-time-max"));
    }
    return longest;
  }

  private void listen(Map<String, Object> settings) {
    tail = new TailFixture(topic, settings, Duration.ofMinutes(5));
    tail.awaitReady();
    listener = new Listener(tail.fanout);
  }

  private List<String> publish(int count) {
    List<String> values = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    values.forEach(value -> producer.send(new ProducerRecord<>(topic, 0, "all", value)));
    producer.flush();
    return values;
  }

  private void awaitHeard(List<String> values) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertEquals(values, listener.data()));
  }
}
