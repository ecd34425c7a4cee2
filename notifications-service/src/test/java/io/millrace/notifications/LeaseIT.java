package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.Cursor;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A stream ends in good time, says so, and is gone on with (wire.md §§2, 6). */
@QuarkusTest
@TestProfile(ShortLeaseProfile.class)
class LeaseIT extends StreamTest {

  private static final String CLOSED = "millrace_streams_closed_total";
  private static final Pattern GOODBYE =
      Pattern.compile(
          "retry: (\\d+)\nid: (\\S+)\nevent: stream.reconnect\n"
              + "data: \\{\"reason\":\"([a-z-]+)\",\"afterMs\":(\\d+)}\n\n$");

  LeaseIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** The last frame of an ended stream. */
  private static SseFrame assertGoodbye(SseClient stream, String reason) {
    String body = stream.awaitClosed().awaitEnd();
    Matcher goodbye = GOODBYE.matcher(body);
    assertTrue(goodbye.find(), body);
    assertEquals(reason, goodbye.group(3));
    assertEquals(goodbye.group(1), goodbye.group(4));
    int afterMs = Integer.parseInt(goodbye.group(4));
    assertTrue(afterMs >= 1000 && afterMs <= 5000, body);
    assertTrue(Cursor.parse(goodbye.group(2)).isPresent(), body);
    assertTrue(stream.isComplete());
    List<SseFrame> frames = stream.frames();
    return frames.get(frames.size() - 1);
  }

  @Test
  void endsBeforeTheTokenExpires() {
    // Given
    double closed = management().meter(CLOSED, "token-expiring");
    Instant expiry = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
    TestToken token = TestToken.of(alice).claim("exp", expiry.getEpochSecond());

    // When
    SseClient stream = open(request().bearer(token));

    // Then
    assertGoodbye(stream, "token-expiring");
    assertTrue(Instant.now().isBefore(expiry));
    assertEquals(closed + 1, management().meter(CLOSED, "token-expiring"));
  }

  @Test
  void endsSoonWhenTheTokenIsAboutToExpire() {
    // When
    SseClient stream = open(request().bearer(TestToken.of(alice).expiresIn(Duration.ofSeconds(3))));

    // Then
    assertGoodbye(stream, "token-expiring");
  }

  @Test
  void endsAtItsMaximumAgeAndGoesOnFromTheLastId() {
    // Given
    double closed = management().meter(CLOSED, "max-age");
    SseClient stream = openAs(alice);
    publish(alice, "1");

    // When
    SseFrame goodbye = assertGoodbye(stream, "max-age");
    publish(alice, "2");
    SseClient next = open(requestOf(alice).lastEventId(goodbye.id()));
    publish(alice, "3");

    // Then
    assertEquals("1", stream.frames().get(0).data());
    assertEquals(List.of("2", "3"), next.awaitData(2));
    assertEquals(closed + 1, management().meter(CLOSED, "max-age"));
  }

  @Test
  void endsAStalledStreamToo() {
    // Given
    double before = management().meter("millrace_subscribers");
    double closed = management().meter(CLOSED, "max-age");
    try (SseClient stalled = requestOf(alice).sendStalled()) {
      await().until(() -> management().meter("millrace_subscribers") == before + 1);
      for (int i = 0; i < 16; i++) {
        publish(alice, "\"" + "x".repeat(60_000) + "\"");
      }

      // Then
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> management().meter(CLOSED, "max-age") == closed + 1);
      await().until(() -> management().meter("millrace_subscribers") == before);
      stalled.resume();
      stalled.awaitClosed();
    }
  }
}
