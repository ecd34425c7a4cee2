package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A client that falls behind costs nothing and misses nothing: what left the tail comes from the
 * log.
 */
@QuarkusTest
@TestProfile(SmallProfile.class)
class SlowClientIT extends StreamTest {

  private static final int EVENT_BYTES = 10_000;

  SlowClientIT() {
    super(Surface.NOTIFICATIONS);
  }

  private void publishBytes(int total) {
    for (int i = 0; i < total / EVENT_BYTES; i++) {
      publish(alice, "\"%06d%s\"".formatted(i, "x".repeat(EVENT_BYTES - 8)));
    }
  }

  private SseClient openStalled() {
    double before = management().meter("millrace_streams_opened_total");
    SseClient stalled = requestOf(alice).sendStalled();
    await().until(() -> management().meter("millrace_streams_opened_total") == before + 1);
    return stalled;
  }

  @Test
  void receivesAllTheTailHoldsOnceItReadsAgain() {
    int events = SmallProfile.TAIL_BYTES * 3 / 4 / EVENT_BYTES;
    try (SseClient stalled = openStalled()) {
      // Given
      publishBytes(events * EVENT_BYTES);

      // When
      stalled.resume();

      // Then
      assertGapless(events, stalled.awaitFrames(events));
    }
  }

  @Test
  void receivesTheRestFromTheLogWhenTheTailWentOnWithoutIt() {
    int events = SmallProfile.TAIL_BYTES * 8 / EVENT_BYTES;
    try (SseClient stalled = openStalled()) {
      // Given
      publishBytes(events * EVENT_BYTES);

      // When
      stalled.resume();
      stalled.awaitFrames(events);
      publish(alice, "\"live!!\"");

      // Then
      List<SseFrame> frames = stalled.awaitFrames(events + 1);
      assertGapless(events, frames);
      assertEquals("\"live!!\"", frames.get(events).data());
    }
  }

  private static void assertGapless(int events, List<SseFrame> frames) {
    assertEquals(
        IntStream.range(0, events).mapToObj(i -> String.format("%06d", i)).toList(),
        frames.subList(0, events).stream().map(frame -> frame.data().substring(1, 7)).toList());
  }

  @Test
  void doesNotHoldUpTheOthers() {
    int events = SmallProfile.TAIL_BYTES * 4 / EVENT_BYTES;
    try (SseClient stalled = openStalled()) {
      // Given
      SseClient quick = openAs(alice);

      // When
      publishBytes(events * EVENT_BYTES);

      // Then
      assertGapless(events, quick.awaitFrames(events));
      stalled.resume();
      assertGapless(events, stalled.awaitFrames(events));
    }
  }
}
