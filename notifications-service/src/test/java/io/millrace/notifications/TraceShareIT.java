package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.contract.PublishTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Of the traces that producers sampled, the share that was asked for is kept, by their ids. */
@QuarkusTest
@TestProfile(TraceShareIT.Profile.class)
class TraceShareIT extends PublishTest {

  /** As the chart sets it: while the service runs, not when it is built. */
  public static final class Profile extends TraceIT.Profile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("quarkus.otel.traces.sampler.arg", "0.5");
      return config;
    }
  }

  TraceShareIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** The second half of a trace's id tells whether it is kept: the small ones are. */
  private static String trace(String secondHalf) {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16) + secondHalf;
  }

  private TestRecord sampled(String trace) {
    return TestRecord.of(surface.key(alice), "1")
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
  }

  @Test
  void keepsTheSameTracesAtEveryReplica() {
    // Given
    var stream = openAs(alice);
    String left = trace("7fffffffffffff00");
    String kept = trace("0000000000000001");

    // When
    topic().write(sampled(left));
    topic().write(sampled(kept));

    // Then
    stream.awaitData(2);
    await().atMost(Duration.ofSeconds(60)).until(() -> OtlpResource.with(kept) == 1);
    assertEquals(0, OtlpResource.with(left));
  }
}
