package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static io.millrace.e2e.OriginExchange.Framing.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same measurements with one line of the rule made wrong: each must show its failure, or the
 * tests of the right rule would prove nothing. Switching buffering alone is no such control: nginx
 * passes small chunked events on at once even with {@code proxy_buffering on}, which is tested too.
 */
class NginxNegativeControlIT {

  private static final int EVENTS = 5;
  private static final long QUIET_MILLIS = 400;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {50, 3 << 10})
  void compressionAndBufferingHoldACloseDelimitedStreamToItsEnd(int size) throws Exception {
    // Given
    NginxRule wrong = NginxRule.shipped().with("gzip", "on").with("proxy_buffering", "on");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, wrong.notifications(origin.port()));
        SseReader reader =
            SseReader.open(nginx.uri("/api/notifications"), "Accept-Encoding", "gzip")) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CLOSE);

      // When
      for (int id = 1; id <= EVENTS; id++) {
        exchange.event(id, size);
        Silence.forMillis(QUIET_MILLIS, () -> reader.lines().isEmpty());
      }
      Instant end = Instant.now();
      exchange.end();

      // Then
      reader.awaitEvents(EVENTS);
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(reader.events()).allMatch(event -> !event.arrival().isBefore(end));
    }
  }

  @Test
  void bufferingAloneHoldsACloseDelimitedStreamToItsEnd() throws Exception {
    // Given
    NginxRule wrong = NginxRule.shipped().with("proxy_buffering", "on");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, wrong.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CLOSE);

      // When
      exchange.event(1, 50);
      Silence.forMillis(QUIET_MILLIS, () -> reader.lines().isEmpty());
      exchange.end();

      // Then
      reader.awaitEvents(1);
    }
  }

  @Test
  void anIdleCutShorterThanTheHeartbeatBreaksTheStreamOff() throws Exception {
    // Given: a heartbeat every 25 s, a cut after 1 s
    NginxRule wrong = NginxRule.shipped().with("proxy_read_timeout", "1s");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, wrong.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When: the origin says nothing

      // Then: no last chunk, so a client can tell it from an end
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
      assertThat(exchange.awaitPeerLeft(SseReader.PATIENCE.toMillis())).isTrue();
    }
  }

  @Test
  void aHeartbeatShorterThanTheIdleCutKeepsTheStreamOpen() throws Exception {
    // Given
    NginxRule short2s = NginxRule.shipped().with("proxy_read_timeout", "2s");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, short2s.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);

      // When: six heartbeats, together longer than the cut
      for (int beat = 0; beat < 6; beat++) {
        Silence.forMillis(500, reader::isOpen);
        exchange.heartbeat();
      }
      exchange.event(1, 50);

      // Then
      reader.awaitEvents(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6 << 10, 64 << 10})
  void withBufferingAnEventLargerThanTheReadBufferArrivesOneEventLate(int size) throws Exception {
    // Given
    NginxRule wrong = NginxRule.shipped().with("proxy_buffering", "on");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, wrong.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      exchange.event(1, size);

      // Then
      for (int next = 2; next <= EVENTS; next++) {
        int late = next - 2;
        Silence.forMillis(QUIET_MILLIS, () -> reader.events().size() == late);
        exchange.event(next, size);
        reader.awaitEvents(late + 1);
      }
    }
  }

  @Test
  void switchingBufferingAloneIsNoControlForSmallChunkedEvents() throws Exception {
    // Given
    NginxRule buffering = NginxRule.shipped().with("proxy_buffering", "on");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, buffering.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);

      // When
      for (int id = 1; id <= EVENTS; id++) {
        exchange.event(id, 50);
        // Then
        reader.awaitEvents(id);
      }
    }
  }
}
