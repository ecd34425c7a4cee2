package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in Caddy 2.11. */
class CaddyIT extends RuleContract {

  CaddyIT() {
    super(Caddy.current(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void encodeForEverythingCompressesAStreamWithoutCacheControl() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replace("encode @not_millrace ", "encode ");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip")) {
      OriginExchange exchange = origin.next();

      // When
      exchange.openStreamWithEvent(CHUNKED, 1, 2 << 10);
      reader.awaitEvents(1);
      exchange.event(2, 2 << 10);

      // Then
      reader.awaitEvents(2);
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }
}
