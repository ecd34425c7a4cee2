package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An nginx that buffers, in front of an nginx with the shipped rule: not every tier is ours. */
class NginxChainIT {

  private static final int LARGE = 6 << 10;
  private static final NginxRule BUFFERING_TIER = NginxRule.shipped().with("proxy_buffering", "on");

  @TempDir Path folder;

  @Test
  void theBufferingHeaderOfTheServiceReachesTheOuterNginx() throws Exception {
    // Given
    try (Origin origin = new Origin();
        Nginx inner = Nginx.hostile(folder, NginxRule.shipped().notifications(origin.port()));
        Nginx outer = Nginx.plain(folder, BUFFERING_TIER.notifications(inner.port()));
        SseReader reader = SseReader.open(outer.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED, "X-Accel-Buffering: no");

      // When
      for (int id = 1; id <= 5; id++) {
        exchange.event(id, LARGE);

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
        Nginx outer = Nginx.plain(folder, BUFFERING_TIER.notifications(inner.port()));
        SseReader reader = SseReader.open(outer.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED, "X-Accel-Buffering: no");
      reader.awaitLine(": ready");

      // When
      exchange.event(1, LARGE);
      Silence.forMillis(500, () -> reader.events().isEmpty());
      exchange.event(2, LARGE);

      // Then
      reader.awaitEvents(1);
      assertThat(reader.eventIds()).startsWith("1");
    }
  }
}
