package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits that are off by default, and what they answer where an operator says so. */
@QuarkusTest
@TestProfile(ImpatientProfile.class)
class CrowdedAddressIT extends StreamTest {

  private static final String CLOSED = "millrace_streams_closed_total";

  CrowdedAddressIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** Those of the test before have left. */
  @BeforeEach
  void awaitNobody() {
    await().until(() -> management().meter("millrace_subscribers") == 0);
  }

  private SseClient openFrom(String address, int person) {
    return open(requestOf(alice + person).header("X-Forwarded-For", address));
  }

  @Test
  void anAddressWithEnoughStreamsIsToldByStatusWhenToComeBack() {
    // Given
    double refused = management().meter("millrace_rejections_total", "max-streams-per-address");
    for (int person = 0; person < ImpatientProfile.PER_ADDRESS; person++) {
      openFrom("192.0.2.7", person);
    }

    // When
    SseClient beyond = send(requestOf(bob).header("X-Forwarded-For", "192.0.2.7"));

    // Then
    assertEquals(503, beyond.status());
    int seconds = Integer.parseInt(beyond.header("Retry-After"));
    assertTrue(seconds >= 5 && seconds <= 30, () -> beyond.header("Retry-After"));
    assertEquals("application/problem+json", beyond.header("Content-Type"));
    assertEquals(503, new JsonObject(beyond.awaitEnd()).getInteger("status"));
    beyond.awaitClosed();
    assertEquals(
        refused + 1, management().meter("millrace_rejections_total", "max-streams-per-address"));
    openFrom("192.0.2.8", 0);
  }

  @Test
  void theOldestStreamOfACallerMakesRoomForItsNewest() {
    // Given
    double replaced = management().meter(CLOSED, "replaced");
    SseClient oldest = openAs(alice);
    SseClient second = openAs(alice);
    publish(alice, "1");
    oldest.awaitFrame();

    // When
    SseClient newest = openAs(alice);

    // Then
    List<SseFrame> frames = oldest.awaitClosed().frames();
    JsonObject goodbye = new JsonObject(frames.get(frames.size() - 1).data());
    assertEquals("stream.reconnect", frames.get(frames.size() - 1).event());
    assertEquals("replaced", goodbye.getString("reason"));
    assertTrue(goodbye.getInteger("afterMs") >= 5_000, goodbye.encode());
    publish(alice, "2");
    assertEquals(List.of("1", "2"), second.awaitData(2));
    assertEquals(List.of("2"), newest.awaitData(1));
    assertEquals(replaced + 1, management().meter(CLOSED, "replaced"));
  }
}
