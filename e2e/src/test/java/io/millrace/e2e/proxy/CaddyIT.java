package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in Caddy 2.11, and what happens with one line made wrong. */
class CaddyIT extends RuleContract {

  CaddyIT() {
    super(Caddy.current(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void encodeForEverythingObeysTheCacheControlOfTheService() throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = start(encodingEverything(), Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip")) {
      OriginExchange exchange = origin.next();

      // When
      exchange.openStreamWithEvent(CHUNKED, 1, 2 << 10, "Cache-Control: no-cache, no-transform");

      // Then
      reader.awaitEvents(1);
      assertThat(reader.response().headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void withoutItEncodeHoldsAStreamToItsEnd() throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = start(encodingEverything(), Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip")) {
      OriginExchange exchange = origin.next();

      // When
      exchange.openStreamWithEvent(CHUNKED, 1, 2 << 10);
      exchange.event(2, 2 << 10);
      Silence.forMillis(600, () -> reader.events().isEmpty());
      exchange.end();

      // Then
      reader.awaitEvents(2);
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }

  private ProxyRule encodingEverything() {
    return proxy.shipped().replace("encode @not_millrace ", "encode ");
  }

  @Test
  void anIdleCutShorterThanTheHeartbeatBreaksTheStreamOff() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replace("read_timeout 3600s", "read_timeout 1s");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      OriginExchange exchange = origin.next();

      // When: the origin says nothing after its first comment
      exchange.openStream(CHUNKED);

      // Then
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
      assertThat(exchange.awaitPeerLeft(SseReader.PATIENCE.toMillis())).isTrue();
    }
  }

  @Test
  void theReplicaSeesAtOnceThatItsClientLeft() throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = start(proxy.shipped(), Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then: without a heartbeat
      assertThat(exchange.awaitPeerLeft(SseReader.PATIENCE.toMillis())).isTrue();
    }
  }
}
