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
 * A client that falls behind costs nothing, misses nothing the tail holds, and is told of the rest.
 */
@QuarkusTest
@TestProfile(SmallProfile.class)
class SlowClientIT extends StreamTest {

  private static final String RESETS = "millrace_resets_total";
  private static final String EXPIRED = "{\"reason\":\"expired\",\"topic\":\"notifications\"}";
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
      List<String> numbers =
          stalled.awaitData(events).stream().map(data -> data.substring(1, 7)).toList();
      assertEquals(
          IntStream.range(0, events).mapToObj(i -> String.format("%06d", i)).toList(), numbers);
    }
  }

  @Test
  void isToldWhenTheTailWentOnWithoutIt() {
    double resets = management().meter(RESETS, "expired");
    try (SseClient stalled = openStalled()) {
      // Given
      publishBytes(SmallProfile.TAIL_BYTES * 8);

      // When
      stalled.resume();
      stalled.awaitBody("stream.reset");
      publish(alice, "\"live\"");
      stalled.awaitBody("\"live\"");

      // Then: what it got before is gapless, and what it got after is too
      List<SseFrame> frames = stalled.frames();
      List<String> names = frames.stream().map(SseFrame::event).toList();
      int reset = names.indexOf("stream.reset");
      assertEquals(EXPIRED, frames.get(reset).data());
      assertEquals(reset, names.lastIndexOf("stream.reset"));
      assertGapless(0, frames.subList(0, reset));
      List<SseFrame> rest = frames.subList(reset + 1, frames.size() - 1);
      assertGapless(SmallProfile.TAIL_BYTES * 8 / EVENT_BYTES - rest.size(), rest);
      assertEquals("\"live\"", frames.get(frames.size() - 1).data());
      assertEquals(resets + 1, management().meter(RESETS, "expired"));
    }
  }

  private static void assertGapless(int first, List<SseFrame> frames) {
    assertEquals(
        IntStream.range(first, first + frames.size())
            .mapToObj(i -> String.format("%06d", i))
            .toList(),
        frames.stream().map(frame -> frame.data().substring(1, 7)).toList());
  }

  @Test
  void isToldWhenItComesBackTooLate() {
    // Given
    SseClient first = openAs(alice);
    publish(alice, "0");
    String id = first.awaitFrame().id();
    first.close();
    publishBytes(SmallProfile.TAIL_BYTES * 3);

    // When
    SseClient late = open(requestOf(alice).lastEventId(id));
    late.awaitFrame();
    publish(alice, "\"live\"");

    // Then
    assertEquals(List.of(EXPIRED, "\"live\""), late.awaitData(2));
  }

  @Test
  void doesNotHoldUpTheOthers() {
    try (SseClient stalled = openStalled()) {
      // Given
      SseClient quick = openAs(alice);

      // When
      publishBytes(SmallProfile.TAIL_BYTES * 4);

      // Then
      assertEquals(
          SmallProfile.TAIL_BYTES * 4 / EVENT_BYTES,
          quick.awaitFrames(SmallProfile.TAIL_BYTES * 4 / EVENT_BYTES).size());
      stalled.resume();
      stalled.awaitBody("stream.reset");
    }
  }
}
