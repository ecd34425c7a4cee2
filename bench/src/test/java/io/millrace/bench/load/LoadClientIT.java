package io.millrace.bench.load;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadClientIT {

  private static final int STREAMS = 40;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Payload PAYLOAD = new Payload(208);

  @Test
  void countsEveryEventOfEveryStream() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(2)) {
      client.open(server.target(), STREAMS, LIMIT);

      // When
      server.sendToAll(event(0));
      server.sendToAll(event(1));

      // Then
      await().untilAsserted(() -> assertEquals(2 * STREAMS, client.delivered()));
      DeliveryCheck check = client.check(2);
      assertTrue(check.isExactlyOnce(), check::toString);
      assertEquals(STREAMS, check.streams());
      assertEquals(2 * STREAMS, check.delivered());
    }
  }

  @Test
  void reportsWhatOneStreamMissedAndWhatCameTwice() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(1)) {
      client.open(server.target(), STREAMS, LIMIT);

      // When
      server.sendToAll(event(0));
      server.sendToOne(event(0));
      server.sendToOne(event(1));

      // Then
      await().untilAsserted(() -> assertEquals(STREAMS + 2, client.delivered()));
      DeliveryCheck check = client.check(2);
      assertFalse(check.isExactlyOnce());
      assertEquals(STREAMS - 1, check.missing());
      assertEquals(1, check.repeated());
    }
  }

  @Test
  void reportsAStreamThatTheServerEnded() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(1)) {
      client.open(server.target(), STREAMS, LIMIT);

      // When
      server.closeOne();

      // Then
      await().untilAsserted(() -> assertEquals(1, client.check(0).lost()));
    }
  }

  @Test
  void takesLatencyFromTheTimeInTheEvent() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(1)) {
      client.open(server.target(), STREAMS, LIMIT);

      // When
      long sent = BenchClock.nanos();
      server.sendToAll(event(0, sent));

      // Then
      await().untilAsserted(() -> assertEquals(STREAMS, client.delivered()));
      Histogram latency = client.takeLatency();
      assertTrue(latency.getTotalCount() > 0);
      assertTrue(latency.getMaxValue() > 0);
      assertTrue(latency.getMaxValue() < LIMIT.toNanos());
    }
  }

  @Test
  void comesFromAnotherAddressThanTheServers() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(1)) {

      // When
      client.open(server.target(), STREAMS, LIMIT);

      // Then
      assertEquals("[127.0.0.2]", server.clientAddresses().toString());
    }
  }

  @Test
  void failsToOpenWhenTheServerRefuses() throws Exception {
    // Given
    try (SseStub server = new SseStub("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        LoadClient client = new LoadClient(1)) {

      // When
      IllegalStateException refusal =
          assertThrows(
              IllegalStateException.class, () -> client.open(server.target(), STREAMS, LIMIT));

      // Then
      assertEquals("of 40 streams 40 did not open: {status 401=40}", refusal.getMessage());
    }
  }

  @Test
  void failsToOpenWhenTheServerIsBusy() throws Exception {
    // Given
    String busy = SseStub.OPEN.replace(": ok", ": busy\n\n").replace("10\r\n", "14\r\n");
    try (SseStub server = new SseStub(busy);
        LoadClient client = new LoadClient(1)) {

      // When
      IllegalStateException refusal =
          assertThrows(
              IllegalStateException.class, () -> client.open(server.target(), STREAMS, LIMIT));

      // Then
      assertEquals("of 40 streams 40 did not open: {busy=40}", refusal.getMessage());
    }
  }

  @Test
  void putsLoadOnLoopbackOnly() {
    // Given
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 80);

    // When
    assertThrows(
        IllegalArgumentException.class, () -> new StreamTarget(elsewhere, stream -> new byte[0]));

    // Then: nothing was connected.
  }

  private static String event(long sequence) {
    return event(sequence, BenchClock.nanos());
  }

  private static String event(long sequence, long sentNanos) {
    String json = new String(PAYLOAD.event(sequence, sentNanos), StandardCharsets.US_ASCII);
    String frame = "id: 1.abc.def\ndata: " + json + "\n\n";
    return Integer.toHexString(frame.length()) + "\r\n" + frame + "\r\n";
  }
}
