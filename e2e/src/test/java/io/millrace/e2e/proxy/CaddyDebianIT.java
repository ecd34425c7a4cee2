package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The same rule in Debian's Caddy, 2.6, whose {@code encode} does more harm. */
class CaddyDebianIT extends RuleContract {

  CaddyDebianIT() {
    super(Caddy.debian(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void encodeForEverythingHoldsEventsOfTwoKilobytesToTheEndOfTheStream() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replace("encode @not_millrace ", "encode ");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip")) {
      OriginExchange exchange = origin.next();

      // When
      exchange.openStreamWithEvent(CHUNKED, 1, 2 << 10, "Cache-Control: no-cache, no-transform");
      for (int id = 2; id <= 5; id++) {
        exchange.event(id, 2 << 10);
        Silence.forMillis(400, () -> reader.events().isEmpty());
      }
      exchange.end();

      // Then
      reader.awaitEvents(5);
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }

  @Test
  void withAFlushIntervalTheReplicaDoesNotSeeThatItsClientLeft() throws Exception {
    // Given
    ProxyRule wrong =
        proxy
            .shipped()
            .replace("\tlb_try_duration 0\n", "\tlb_try_duration 0\n\tflush_interval -1\n");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then
      assertThat(exchange.awaitPeerLeft(1_500)).isFalse();
    }
  }
}
