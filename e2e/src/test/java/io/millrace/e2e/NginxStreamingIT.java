package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.OriginExchange.Framing;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped nginx rule holds nothing back, whatever the http{} around it says. An event is sent
 * only after the one before it arrived: if any were held for the next one, the test would stop
 * there.
 */
class NginxStreamingIT {

  private static final int EVENTS = 8;

  @TempDir Path folder;

  static Stream<Arguments> framingsAndSizes() {
    return Stream.of(Framing.values())
        .flatMap(
            framing ->
                IntStream.of(50, 3 << 10, 6 << 10, 64 << 10)
                    .mapToObj(size -> Arguments.of(framing, size)));
  }

  @ParameterizedTest
  @MethodSource("framingsAndSizes")
  void everyEventArrivesBeforeTheNextIsSent(Framing framing, int size) throws Exception {
    // Given
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        SseReader reader =
            SseReader.open(nginx.uri("/api/notifications"), "Accept-Encoding", "gzip, br")) {
      OriginExchange exchange = origin.next();
      exchange.openStream(framing);

      // When
      reader.awaitLine(": ready");
      for (int id = 1; id <= EVENTS; id++) {
        exchange.event(id, size);
        reader.awaitEvents(id);
      }

      // Then
      assertThat(reader.eventIds()).hasSize(EVENTS).isSorted();
      assertThat(reader.response().headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void theSecondSurfaceHasTheSameRule() throws Exception {
    // Given
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().aiEvents(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/ai/events?conversationId=c1"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);

      // When
      exchange.event(1, 6 << 10);

      // Then
      reader.awaitEvents(1);
      assertThat(exchange.head()).startsWith("GET /api/ai/events?conversationId=c1 HTTP/1.1\r\n");
    }
  }

  @Test
  void headersAndFirstCommentArriveBeforeAnyEvent() throws Exception {
    // Given
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      origin.next().openStream(CHUNKED);

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(200);
      reader.awaitLine(": ready");
    }
  }

  @Test
  void streamsSilentForLongerThanTheSurroundingTimeoutsStayOpen() throws Exception {
    // Given: the http{} around the rule cuts after one second
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      Silence.forMillis(2_500, reader::isOpen);
      exchange.event(1, 50);

      // Then
      reader.awaitEvents(1);
    }
  }

  @Test
  void aReloadLetsRunningStreamsGoOn() throws Exception {
    // Given
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        SseReader before = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      before.awaitLine(": ready");

      // When
      nginx.reload();

      // Then: on a connection of its own, so served by a new worker or still by the old one
      try (SseReader after = SseReader.open(nginx.uri("/api/notifications"))) {
        origin.next().openStream(CHUNKED);
        after.awaitLine(": ready");
        exchange.event(1, 50);
        before.awaitEvents(1);
      }
    }
  }

  @Test
  void twoClientsHaveStreamsOfTheirOwn() throws Exception {
    // Given: a cache with a lock around the rule
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        SseReader first = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange toFirst = origin.next();
      toFirst.openStream(CHUNKED);
      first.awaitLine(": ready");

      // When
      try (SseReader second = SseReader.open(nginx.uri("/api/notifications"))) {
        OriginExchange toSecond = origin.next();
        toSecond.openStream(CHUNKED);
        toFirst.event(1, 50);
        toSecond.event(2, 50);
        first.awaitEvents(1);
        second.awaitEvents(1);

        // Then
        assertThat(first.eventIds()).isEqualTo(List.of("1"));
        assertThat(second.eventIds()).isEqualTo(List.of("2"));
      }
    }
  }
}
