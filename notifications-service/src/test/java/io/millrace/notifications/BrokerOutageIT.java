package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The broker goes away and comes back under open streams. */
@QuarkusTest
@TestProfile(SmallProfile.class)
class BrokerOutageIT extends StreamTest {

  BrokerOutageIT() {
    super(Surface.NOTIFICATIONS);
  }

  @AfterEach
  void endOutage() {
    KafkaResource.broker().start();
  }

  private static int heartbeats(SseClient stream) {
    return stream.body().split(": hb ", -1).length - 1;
  }

  @Test
  void leavesStreamsOpenAndServesNewOnesFromTheTail() {
    // Given
    SseClient hers = openAs(alice);
    publish(alice, "1");
    publish(alice, "2");
    String first = hers.awaitFrames(2).get(0).id();

    // When
    KafkaResource.broker().stop();
    int before = heartbeats(hers);
    SseClient resumed = open(requestOf(alice).lastEventId(first));
    SseClient live = openAs(alice);
    SseClient unknown = open(requestOf(alice).lastEventId("garbage"));

    // Then
    assertEquals(List.of("2"), resumed.awaitData(1));
    assertEquals("stream.reset", unknown.awaitFrame().event());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertTrue(heartbeats(hers) >= before + 3));
    assertTrue(hers.isOpen() && resumed.isOpen() && live.isOpen());
    assertTrue(management().isReady());
    assertTrue(management().isLive());

    // When
    KafkaResource.broker().start();
    publish(alice, "3");
    publish(alice, "4");

    // Then
    assertEquals(List.of("1", "2", "3", "4"), hers.awaitData(4));
    assertEquals(List.of("2", "3", "4"), resumed.awaitData(3));
    // The first heartbeat brought a cursor to the one that had none.
    assertEquals(List.of("{}", "3", "4"), live.awaitData(3));
    assertEquals(0, management().meter("millrace_fences_total"));
  }

  @Test
  void leavesCursorsValid() {
    // Given
    SseClient hers = openAs(alice);
    publish(alice, "1");
    String first = hers.awaitFrame().id();

    // When
    KafkaResource.broker().stop();
    KafkaResource.broker().start();
    publish(alice, "2");
    SseClient resumed = open(requestOf(alice).lastEventId(first));

    // Then
    assertEquals(List.of("2"), resumed.awaitData(1));
    assertEquals(List.of("1", "2"), hers.awaitData(2));
  }
}
