package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A silent stream shows that it lives (wire.md §2). */
@QuarkusTest
@TestProfile(SmallProfile.class)
class HeartbeatIT extends StreamTest {

  HeartbeatIT() {
    super(Surface.NOTIFICATIONS);
  }

  @Test
  void isACommentLineWithTheTimeAndWithoutABlankLineAfterAFirstCursor() {
    // Given
    long before = System.currentTimeMillis();

    // When
    SseClient stream = openAs(alice);
    await().until(() -> stream.body().split(": hb ").length > 2);

    // Then
    assertEquals("1", stream.header("Millrace-Heartbeat"));
    String cursor = "id: \\S+\nevent: stream.checkpoint\ndata: \\{}\n\n";
    String rest = stream.body().split(": ready\n\n")[1];
    assertTrue(rest.matches(cursor + "(: hb \\d+\n)+"), stream.body());
    for (String line : rest.replaceFirst(cursor, "").split("\n")) {
      long time = Long.parseLong(line.substring(": hb ".length()));
      assertTrue(time >= before && time <= System.currentTimeMillis(), line);
    }
  }

  @Test
  void isSentAfterSilenceOnly() {
    // Given
    SseClient stream = openAs(alice);
    AtomicInteger written = new AtomicInteger();

    // When
    await()
        .pollInterval(Duration.ofMillis(150))
        .until(
            () -> {
              publish(alice, Long.toString(Instant.now().toEpochMilli()));
              return written.incrementAndGet() == 12;
            });
    stream.awaitFrames(12);
    await()
        .until(() -> stream.body().substring(stream.body().lastIndexOf("data:")).contains(": hb"));

    // Then
    long lastEvent = 0;
    for (String line : stream.body().split("\n")) {
      if (line.startsWith("data: ")) {
        lastEvent = Long.parseLong(line.substring("data: ".length()));
      } else if (line.startsWith(": hb ")) {
        long heartbeat = Long.parseLong(line.substring(": hb ".length()));
        assertTrue(heartbeat - lastEvent >= 1000, stream.body());
      }
    }
  }

  @Test
  void isCounted() {
    // Given
    double before = management().meter("millrace_heartbeats_total");

    // When
    openAs(alice).awaitBody(": hb ");

    // Then
    assertTrue(management().meter("millrace_heartbeats_total") > before);
  }
}
