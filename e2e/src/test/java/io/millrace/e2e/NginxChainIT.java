package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An nginx as it comes, before 1.29.7, in front of an nginx with the shipped rule: HTTP/1.0 and
 * buffering. Not every tier is ours; only the header of the service can tell that one.
 */
class NginxChainIT {

  /** Small, so that all of them fit into one buffer of the foreign tier. */
  private static final int SIZE = 50;

  private static final NginxRule FOREIGN_TIER =
      NginxRule.shipped().with("proxy_buffering", "on").with("proxy_http_version", "1.0");

  @TempDir Path folder;

  @Test
  void theBufferingHeaderOfTheServiceReachesTheOuterNginx() throws Exception {
    // Given
    try (Origin origin = new Origin();
        Nginx inner = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        Nginx outer = Nginx.plain(folder, FOREIGN_TIER.notifications(inner.port()));
        SseReader reader = SseReader.open(outer.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED, "X-Accel-Buffering: no");

      // When
      for (int id = 1; id <= 5; id++) {
        exchange.event(id, SIZE);

        // Then
        reader.awaitEvents(id);
      }
    }
  }

  @Test
  void withoutTheLineThatPassesItOnTheOuterNginxBuffers() throws Exception {
    // Given
    NginxRule wrong = NginxRule.shipped().without("proxy_pass_header");
    try (Origin origin = new Origin();
        Nginx inner = Nginx.hostile(folder, wrong.notifications(origin.port()));
        Nginx outer = Nginx.plain(folder, FOREIGN_TIER.notifications(inner.port()));
        SseReader reader = SseReader.open(outer.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED, "X-Accel-Buffering: no");

      // When
      for (int id = 1; id <= 5; id++) {
        exchange.event(id, SIZE);
        Silence.forMillis(300, () -> reader.events().isEmpty());
      }
      exchange.end();

      // Then
      reader.awaitEvents(5);
    }
  }
}
