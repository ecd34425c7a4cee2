package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * nginx behind nginx. The outer one is somebody else's, with nothing but its defaults; it streams
 * because the inner one, with the shipped rule, passes on the service's {@code X-Accel-Buffering}.
 */
class NginxChainIT {

  private static final String PATH = "/api/notifications";
  private static final String NO_BUFFERING = "X-Accel-Buffering: no";

  @TempDir Path folder;

  @Test
  void withoutTheLineThatPassesTheHeaderOnItHoldsEverythingToTheEnd() throws Exception {
    // Given: Debian's, which speaks HTTP/1.0 to the inner one by default
    ProxyRule wrong =
        Nginx.debian().shipped().replace("\nproxy_pass_header X-Accel-Buffering;", "");
    try (Origin origin = new Origin();
        ProxyProcess inner = inner(wrong, origin);
        ProxyProcess chain = defaults(Nginx.debian(), inner);
        SseReader reader = chain.open(PATH)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED, NO_BUFFERING);

      // When
      exchange.event(1, 50);
      exchange.event(2, 50);
      Silence.forMillis(600, () -> !reader.hasHeaders());
      exchange.end();

      // Then
      reader.awaitEvents(2);
    }
  }

  private ProxyProcess inner(ProxyRule rule, Origin origin) throws IOException {
    Wiring wiring = Wiring.of(folder, Protocol.HTTP_1_1, origin.port(), origin.port());
    return ProxyProcess.start(Nginx.debian(), rule, wiring);
  }

  private ProxyProcess defaults(Nginx nginx, ProxyProcess inner) throws IOException {
    Wiring wiring = Wiring.of(folder, Protocol.HTTP_1_1, inner.port(), inner.port());
    return ProxyProcess.start(new PlainNginx(nginx), nginx.defaults(), wiring);
  }
}
