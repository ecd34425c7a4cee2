package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in Apache Traffic Server 9, and what happens without its two kinds of timeout. */
class TrafficServerIT extends RuleContract {

  TrafficServerIT() {
    super(new TrafficServer(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  /** What closes its side of an HTTP/1.1 connection may still want to read. */
  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return protocol != Protocol.HTTP_1_1;
  }

  @Test
  void anIdleCutShorterThanTheHeartbeatBreaksTheStreamOff() throws Exception {
    // Given: without the line it is 30 s
    ProxyRule wrong =
        proxy
            .shipped()
            .replace(
                "transaction_no_activity_timeout_out INT 3600",
                "transaction_no_activity_timeout_out INT 1");
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
  void theTotalTimeoutEndsAStreamThoughEventsFlow() throws Exception {
    // Given: without the line it is a quarter of an hour
    ProxyRule wrong =
        proxy
            .shipped()
            .replaceAll(
                2, "transaction_active_timeout_in INT 0", "transaction_active_timeout_in INT 2");
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
}
