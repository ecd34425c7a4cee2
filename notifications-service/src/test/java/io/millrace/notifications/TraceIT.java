package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.contract.PublishTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With traces on, the delivery of an event is a child of the span it was sent in. */
@QuarkusTest
@TestProfile(TraceIT.Profile.class)
class TraceIT extends PublishTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SPAN = "00f067aa0ba902b7";

  private final String trace = UUID.randomUUID().toString().replace("-", "");

  public static class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("quarkus.otel.sdk.disabled", "false");
      config.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
      config.put("quarkus.otel.bsp.schedule.delay", "100ms");
      return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(KafkaResource.class), new TestResourceEntry(OtlpResource.class));
    }
  }

  TraceIT() {
    super(Surface.NOTIFICATIONS);
  }

  private String traceparent(String flags) {
    return "00-" + trace + "-" + SPAN + "-" + flags;
  }

  private void assertLinked() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertEquals(1, OtlpResource.withAll(trace, SPAN, "deliver notifications")));
  }

  @Test
  void linksTheDeliveryToTheSpanOfTheProducer() {
    // Given
    var stream = openAs(alice);

    // When
    topic().write(TestRecord.of(surface.key(alice), "1").header("traceparent", traceparent("01")));

    // Then
    stream.awaitData(1);
    assertLinked();
  }

  @Test
  void carriesTheSpanOfAPostIntoTheRecord() {
    // Given
    var stream = openAs(alice);

    // When
    accepted(send(toAlice(JSON).header("traceparent", traceparent("01")), "{}"));

    // Then
    stream.awaitData(1);
    assertLinked();
  }

  @Test
  void tracesNothingThatItsProducerDidNotSample() {
    // Given
    var stream = openAs(alice);
    String unsampled = traceparent("00");
    String other = "00-" + UUID.randomUUID().toString().replace("-", "") + "-" + SPAN + "-01";

    // When
    topic().write(TestRecord.of(surface.key(alice), "1").header("traceparent", unsampled));
    topic().write(TestRecord.of(surface.key(alice), "2").header("traceparent", other));

    // Then
    stream.awaitData(2);
    await().atMost(LONG).until(() -> OtlpResource.with(other.substring(3, 35)) == 1);
    assertEquals(0, OtlpResource.with(trace));
  }
}
