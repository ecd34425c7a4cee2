package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in lighttpd, and what happens with a line made wrong. */
class LighttpdIT extends RuleContract {

  LighttpdIT() {
    super(new Lighttpd(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return protocol == Protocol.HTTP_2;
  }

  @Test
  void byDefaultAStreamIsKeptToItsEnd() throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = start(proxy.defaults(), Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);

      // When
      exchange.event(1, 50);
      exchange.event(2, 6 << 10);
      Silence.forMillis(600, () -> !reader.hasHeaders());
      exchange.end();

      // Then
      reader.awaitEvents(2);
    }
  }

  @Test
  void withTheWriteTimeoutOfTheSiteASilentStreamIsCut() throws Exception {
    // Given: it counts from the last write, though there is nothing to write
    ProxyRule wrong = proxy.shipped().replace("server.max-write-idle := 3600\n", "");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When
      origin.next().openStream(CHUNKED);

      // Then
      reader.awaitLine(": ready");
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
    }
  }

  @Test
  void aReadTimeoutShorterThanTheHeartbeatCutsASilentStream() throws Exception {
    // Given
    ProxyRule wrong =
        proxy.shipped().replaceAll(2, "\"read-timeout\" => 3600", "\"read-timeout\" => 1");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When
      origin.next().openStream(CHUNKED);

      // Then
      reader.awaitLine(": ready");
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
    }
  }
}
