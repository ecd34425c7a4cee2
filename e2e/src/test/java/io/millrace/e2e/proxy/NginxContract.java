package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/**
 * The rule in an nginx. What each line is for is in {@code NginxRuleLinesIT}, what happens without
 * in {@code NginxNegativeControlIT}.
 */
abstract class NginxContract extends RuleContract {

  NginxContract(Nginx nginx) {
    super(nginx, Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void aReloadLetsRunningStreamsGoOn() throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = start(proxy.shipped(), Protocol.HTTP_1_1, origin);
        SseReader before = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      before.awaitLine(": ready");

      // When
      running.signal("HUP");

      // Then: on a connection of its own, so served by a new worker or still by the old one
      try (SseReader after = running.open(NOTIFICATIONS)) {
        origin.next().openStream(CHUNKED);
        after.awaitLine(": ready");
        exchange.event(1, 50);
        before.awaitEvents(1);
      }
    }
  }
}
