package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A service that starts before its topic, or before its broker. In the order of the story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class AbsentAtStartContract extends StreamTest {

  private static final Pattern BUSY = Pattern.compile("retry: (\\d+)\n: busy\n\n");

  protected AbsentAtStartContract(Surface surface) {
    super(surface);
  }

  /** Does away with what is missing. */
  protected abstract void appear();

  @Override
  protected final boolean startsReady() {
    return false;
  }

  private abstract static class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      // The clients say every second that nobody is there.
      config.put("quarkus.log.category.\"org.apache.kafka\".level", "ERROR");
      return config;
    }

    final List<TestResourceEntry> kafka(String atStart) {
      return List.of(new TestResourceEntry(KafkaResource.class, Map.of("at-start", atStart)));
    }
  }

  /** A service that starts while nothing listens on the broker's port. */
  public static final class NoBroker extends Profile {
    @Override
    public List<TestResourceEntry> testResources() {
      return kafka("no-broker");
    }
  }

  /** A service whose topic was not made yet. */
  public static final class NoTopic extends Profile {
    @Override
    public List<TestResourceEntry> testResources() {
      return kafka("no-topic");
    }
  }

  @Test
  @Order(1)
  void isLiveAndNotReady() {
    assertTrue(management().isLive());
    assertFalse(management().isReady());
    try (SseClient health = management().get("/q/health/ready")) {
      String said = health.awaitEnd();
      assertTrue(said.contains("\"reason\"") && said.contains(surface.topic()), said);
    }
  }

  @Test
  @Order(2)
  void tellsASubscriberToComeBackLater() {
    // Given
    double rejected = management().meter("millrace_rejections_total", "warming");

    // When
    SseClient answer = send(requestOf(alice));

    // Then
    Matcher busy = BUSY.matcher(answer.awaitEnd());
    assertTrue(busy.matches(), answer.body());
    int retry = Integer.parseInt(busy.group(1));
    assertTrue(retry >= 5000 && retry <= 30_000, answer.body());
    assertEquals(200, answer.status());
    assertEquals("text/event-stream;charset=utf-8", answer.header("Content-Type"));
    assertEquals("no-cache, no-store, no-transform", answer.header("Cache-Control"));
    assertEquals("no", answer.header("X-Accel-Buffering"));
    assertEquals(rejected + 1, management().meter("millrace_rejections_total", "warming"));
  }

  @Test
  @Order(3)
  void tellsASubscriberWithACursorTheSame() {
    assertTrue(
        send(requestOf(alice).lastEventId("1.abcdef.AAAA")).awaitEnd().endsWith(": busy\n\n"));
  }

  @Test
  @Order(4)
  void stillRefusesWhoHasNoToken() {
    Refusals.assertTokenRequired(send(request()));
    Refusals.assertInvalidToken(send(request().bearer("bad")));
  }

  @Test
  @Order(5)
  void becomesReadyWhenItAppearsAndStreams() {
    // When
    appear();
    awaitReady();
    SseClient stream = openAs(alice);
    publish(alice, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
    assertTrue(management().isLive());
    assertEquals(0, management().meter("millrace_fences_total"));
  }
}
