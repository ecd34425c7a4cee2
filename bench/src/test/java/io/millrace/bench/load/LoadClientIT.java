package io.millrace.bench.load;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.Payload;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
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
        LoadClient client = new LoadClient(ClientSettings.counting(2))) {
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
        LoadClient client = new LoadClient(ClientSettings.counting(1))) {
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
        LoadClient client = new LoadClient(ClientSettings.counting(1))) {
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
        LoadClient client = new LoadClient(ClientSettings.counting(1))) {
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
        LoadClient client = new LoadClient(ClientSettings.counting(1))) {

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
        LoadClient client = new LoadClient(ClientSettings.counting(1))) {

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
    String busy = SseStub.OPEN.replace(": ok\n", ": busy\n\n").replace("11\r\n", "14\r\n");
    try (SseStub server = new SseStub(busy);
        LoadClient client = new LoadClient(ClientSettings.counting(1))) {

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
        IllegalArgumentException.class,
        () -> new StreamTarget(elsewhere, (client, id) -> new byte[0]));

    // Then: nothing was connected.
  }

  @Test
  void comesBackWithTheIdOfTheLastWholeEvent() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(ClientSettings.resuming(2))) {
      client.open(server.target(), STREAMS, LIMIT);
      server.sendToAll(event(0));
      server.sendToAll(chunk("id: 1.abc.of-an-event-that-is-cut-off\n"));
      await().untilAsserted(() -> assertEquals(STREAMS, client.delivered()));
      client.vanish();
      await().untilAsserted(() -> assertEquals(STREAMS, server.forgetAll()));

      // When
      Resumption resumption = client.resume(server.target(), STREAMS, stream -> 2);

      // Then
      await().untilAsserted(() -> assertEquals(STREAMS, server.open()));
      server.sendToAll(event(1));
      assertEquals(STREAMS, resumption.await(LIMIT).clients());
      assertEquals(Set.of("", "1.abc.0"), server.lastEventIds());
      DeliveryCheck check = client.check(2);
      assertTrue(check.isExactlyOnce(), check::toString);
    }
  }

  @Test
  void saysThatAClientDidNotComeBackWhole() throws Exception {
    // Given
    try (SseStub server = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(ClientSettings.resuming(1))) {
      client.open(server.target(), STREAMS, LIMIT);
      client.vanish();

      // When
      Resumption resumption = client.resume(server.target(), STREAMS, stream -> 1);

      // Then
      assertThrows(IllegalStateException.class, () -> resumption.await(Duration.ofMillis(50)));
      assertFalse(client.check(1).isWhole());
    }
  }

  @Test
  void comesBackByItselfWhenTheServerEndsTheStream() throws Exception {
    // Given
    try (SseStub ending = new SseStub(SseStub.OPEN);
        SseStub other = new SseStub(SseStub.OPEN);
        LoadClient client = new LoadClient(ClientSettings.resuming(1))) {
      client.open(ending.target(), STREAMS, LIMIT);
      client.failOverTo(other.target());

      // When
      ending.sendToOne(
          chunk("retry: 1\n\nid: 1.abc.7\nevent: stream.reconnect\ndata: {\"afterMs\":1}\n\n"));
      ending.closeOne();

      // Then
      await().untilAsserted(() -> assertEquals(Set.of("1.abc.7"), other.lastEventIds()));
      assertEquals(1, client.endings().size());
      assertTrue(client.endings().get(0).announced());
      assertTrue(client.check(0).isWhole());
    }
  }

  private static String event(long sequence) {
    return event(sequence, BenchClock.nanos());
  }

  private static String event(long sequence, long sentNanos) {
    String json = new String(PAYLOAD.event(sequence, sentNanos), StandardCharsets.US_ASCII);
    return chunk("id: 1.abc." + sequence + "\ndata: " + json + "\n\n");
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
