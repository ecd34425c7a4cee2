package io.millrace.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the probe is switched off, nothing is there. */
@QuarkusTest
@TestProfile(ProbeDisabledIT.Profile.class)
class ProbeDisabledIT extends StreamTest {

  ProbeDisabledIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** A service that only streams. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.probe.enabled", "false");
      return config;
    }
  }

  @Test
  void isNotFound() {
    // When
    SseClient answer = send(probe("phase=small&run=r").bearer(surface.token(alice)));

    // Then
    assertEquals(404, answer.status());
    openAs(alice);
  }
}
