package io.millrace.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where publishing is switched off, there is no POST. */
@QuarkusTest
@TestProfile(PublishDisabledIT.Profile.class)
class PublishDisabledIT extends StreamTest {

  PublishDisabledIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** A service that only streams. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.publish.enabled", "false");
      return config;
    }
  }

  @Test
  void refusesEvenAPublisher() {
    // Given
    TestToken publisher = TestToken.of("backend").groups("publisher");

    // When
    SseClient answer =
        send(
            request()
                .method("POST")
                .query("key", surface.key(alice))
                .bearer(publisher)
                .header("Content-Type", "application/json")
                .header("Content-Length", "1")
                .then("1"));

    // Then
    assertTrue(List.of(404, 405).contains(answer.status()), answer.body());
    assertEquals(0, management().meter("millrace_publish_events_total"));
  }
}
