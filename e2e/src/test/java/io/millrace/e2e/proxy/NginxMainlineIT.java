package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** One with the defaults since 1.29.7: HTTP/1.1 to the replica, connections kept. */
class NginxMainlineIT extends NginxContract {

  NginxMainlineIT() {
    super(Nginx.mainline());
  }

  @Test
  void itsNewDefaultsStillDeliverALargeEventOneEventLate() throws Exception {
    // Given
    Proxy plain = new PlainNginx(Nginx.mainline());
    try (Origin origin = new Origin();
        ProxyProcess running =
            ProxyProcess.start(
                plain,
                plain.defaults(),
                Wiring.of(folder, Protocol.HTTP_1_1, origin.port(), origin.port()));
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      exchange.event(1, 6 << 10);
      Silence.forMillis(400, () -> reader.events().isEmpty());
      exchange.event(2, 6 << 10);

      // Then
      reader.awaitEvents(1);
    }
  }
}
