package io.millrace.testing.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Malformed records are set aside, and no stream depends on it. In the order of the story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class DeadLetterContract extends StreamTest {

  protected DeadLetterContract(Surface surface) {
    super(surface);
  }

  /** A service that copies malformed records to a topic that nobody made yet. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.dlq.enabled", "true");
      // The producer says each time that the topic is not there.
      config.put("quarkus.log.category.\"org.apache.kafka\".level", "ERROR");
      return config;
    }
  }

  @Test
  @Order(1)
  void streamsGoOnWhileTheQueueCannotBeWritten() {
    // Given
    SseClient stream = openAs(alice);
    await("failure")
        .atMost(Duration.ofSeconds(30))
        .until(() -> management().meter("millrace_dlq_failures_total", "unreachable") > 0);

    // When
    topic().write(TestRecord.of(surface.key(alice), "bad"));
    publish(alice, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
    assertTrue(management().isReady());
    assertTrue(management().isLive());
    assertEquals(0, management().meter("millrace_fences_total"));
  }

  @Test
  @Order(2)
  void keepsTheRecordAsItWasAndSaysWhatIsWrongWithIt() {
    // Given
    byte[] value = {'{', (byte) 0xff, 0};
    TestRecord bad =
        TestRecord.of(surface.key(alice), value)
            .header("ce_type", "t")
            .header("scope", "all")
            .header("scope", "user:x");
    RecordMetadata written = topic().write(bad);

    // When
    KafkaResource.broker().createTopic(surface.topic() + ".dlq", 1, Map.of());

    // Then
    try (TopicReader dlq = new TopicReader(surface.topic() + ".dlq")) {
      ConsumerRecord<byte[], byte[]> letter = dlq.await(surface.key(alice), 1).get(0);
      assertArrayEquals(value, letter.value());
      assertEquals(
          List.of(
              "ce_type=t",
              "scope=all",
              "scope=user:x",
              "millrace-error-reason=value is not UTF-8",
              "millrace-error-part=value",
              "millrace-error-topic=" + surface.topic(),
              "millrace-error-partition=" + written.partition(),
              "millrace-error-offset=" + written.offset(),
              "millrace-error-timestamp=" + written.timestamp()),
          TopicReader.headers(letter));
    }
  }

  @Test
  @Order(3)
  void leavesTombstonesAndGoodRecordsAlone() {
    // Given
    publish(alice, "1");
    topic().write(TestRecord.tombstone(surface.key(alice)));

    // When
    topic().write(TestRecord.of(surface.key(alice), "bad"));

    // Then
    try (TopicReader dlq = new TopicReader(surface.topic() + ".dlq")) {
      dlq.await(surface.key(alice), 1);
      assertEquals(1, dlq.now(surface.key(alice)).size());
    }
  }
}
