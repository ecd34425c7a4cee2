package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LogCapture;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.broker.SecuredKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A service beside a broker that knows another password for it. In the order of the story. */
@QuarkusTest
@TestProfile(SecuredBrokerIT.Profile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredBrokerIT extends StreamTest {

  SecuredBrokerIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** The broker is the test resource's; nothing but {@code kafka.*} settings leads to it. */
  public static final class Profile extends ServiceProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(SecuredKafkaResource.class));
    }
  }

  @Override
  protected boolean startsReady() {
    return false;
  }

  @Test
  @Order(1)
  void isLiveNotReadyAndQuietWhileItIsRefused() {
    try (LogCapture log = new LogCapture()) {
      // Then
      await()
          .during(Duration.ofSeconds(4))
          .until(() -> management().isLive() && !management().isReady());
      assertEquals(List.of(), log.containing("org.apache.kafka.clients"));
      assertTrue(log.containing("Cannot read notifications").size() <= 1);
    }
  }

  @Test
  @Order(2)
  void streamsOnceThePasswordIsRight() {
    // When
    SecuredKafka kafka = SecuredKafkaResource.kafka();
    kafka.setPassword(SecuredKafkaResource.USER, SecuredKafkaResource.PASSWORD);
    awaitReady();
    SseClient stream = openAs(alice);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka.operator(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(surface.topic(), surface.key(alice), "1"));
    }

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
    assertEquals(0, management().meter("millrace_fences_total"));
  }
}
