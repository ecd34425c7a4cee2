package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule in Envoy, and what its own defaults would do, the timeouts shortened. */
class EnvoyIT extends RuleContract {

  EnvoyIT() {
    super(new Envoy(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  /** For a client on loopback it tells an address of the machine instead. */
  @Override
  List<String> forwarded(Protocol protocol) {
    return List.of("\r\nx-forwarded-for: ", "\r\nx-forwarded-proto: " + protocol.scheme() + "\r\n");
  }

  @Test
  void theTotalTimeoutOfARouteEndsAStreamThoughEventsFlow() throws Exception {
    // Given: without the line it is 15 s
    ProxyRule wrong = proxy.shipped().replaceAll(2, " timeout: 0s", " timeout: 2s");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);

      // When
      Flow.until(() -> !reader.isOpen(), exchange);

      // Then
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
      assertThat(reader.events()).isNotEmpty();
    }
  }

  @Test
  void anIdleCutShorterThanTheHeartbeatBreaksTheStreamOff() throws Exception {
    // Given: without the lines it is 300 s
    ProxyRule wrong = proxy.shipped().replaceAll(2, " idle_timeout: 3600s", " idle_timeout: 1s");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When: the origin says nothing after its first comment
      origin.next().openStream(CHUNKED);

      // Then
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
    }
  }

  @Test
  void aStreamMoreThanTheBreakerAllowsIsRefused() throws Exception {
    // Given: without the lines it is 1,024
    ProxyRule wrong = proxy.shipped().replace("max_requests: 1000000", "max_requests: 1");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader first = running.open(NOTIFICATIONS)) {
      origin.next().openStream(CHUNKED);
      first.awaitLine(": ready");

      // When
      try (SseReader second = running.open(NOTIFICATIONS)) {

        // Then
        assertThat(second.response().statusCode()).isEqualTo(503);
        assertThat(origin.hasWaitingRequest()).isFalse();
      }
    }
  }
}
