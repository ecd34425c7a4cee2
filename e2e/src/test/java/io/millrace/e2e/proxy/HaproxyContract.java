package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule in a HAProxy, and what happens with a line made wrong. */
abstract class HaproxyContract extends RuleContract {

  HaproxyContract(Haproxy haproxy) {
    super(haproxy, Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void withoutHttpNoDelayEachEventIsHeldForAFifthOfASecond() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replaceAll(2, "    option http-no-delay\n", "");

    // When: the least of several is what no slow machine can make
    Duration with = Collections.min(delays(proxy.shipped()));
    List<Duration> without = delays(wrong);

    // Then: an event may slip through at once, most do not
    Collections.sort(without);
    assertThat(without.get(without.size() / 2)).isGreaterThan(with.plusMillis(100));
  }

  private List<Duration> delays(ProxyRule rule) throws Exception {
    List<Duration> delays = new ArrayList<>();
    try (Origin origin = new Origin();
        ProxyProcess running = start(rule, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");
      for (int id = 1; id <= 8; id++) {
        Instant sent = Instant.now();
        exchange.event(id, 200);
        reader.awaitEvents(id);
        delays.add(Duration.between(sent, reader.events().get(id - 1).arrival()));
      }
    }
    return delays;
  }

  @Test
  void withTheServerTimeoutOfTheSiteASilentStreamIsCut() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replaceAll(2, "    timeout server 3600s\n", "");
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
  void aTunnelTimeoutInItsPlaceDoesNothing() throws Exception {
    // Given
    ProxyRule wrong =
        proxy.shipped().replaceAll(2, "    timeout server 3600s\n", "    timeout tunnel 3600s\n");
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
