package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Origin;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in a HAProxy, and what happens with a line made wrong. */
abstract class HaproxyContract extends RuleContract {

  HaproxyContract(Haproxy haproxy) {
    super(haproxy, Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void withAcceptEncodingLeftInTheSitesCompressionTakesTheStream() throws Exception {
    // Given
    ProxyRule wrong =
        proxy.shipped().replaceAll(2, "    http-request del-header Accept-Encoding\n", "");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip")) {

      // When
      origin.next().openStream(CHUNKED);

      // Then
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }

  @Test
  void aReplicaThatRefusesConnectionsIsLeftOut() throws Exception {
    // Given: one line per replica
    String shipped = "server replica1 127.0.0.1:8081 check inter 1s fall 2 rise 1";
    String refusing =
        "server replica0 127.0.0.1:%d check inter 1s fall 2 rise 1\n    "
            .formatted(Loopback.freePort());
    try (Origin origin = new Origin();
        ProxyProcess running =
            start(
                proxy.shipped().replace(shipped, refusing + shipped), Protocol.HTTP_1_1, origin)) {
      for (int attempt = 0; attempt < 4; attempt++) {

        // When
        try (SseReader reader = running.open(NOTIFICATIONS)) {
          origin.next().openStream(CHUNKED);

          // Then
          reader.awaitLine(": ready");
        }
      }
    }
  }
}
