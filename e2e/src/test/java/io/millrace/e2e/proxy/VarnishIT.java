package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The rule in Varnish 7, and what the usual way through it does to two users. */
class VarnishIT extends RuleContract {

  private static final String PIPE = "        return (pipe);";

  VarnishIT() {
    super(new Varnish(), Protocol.HTTP_1_1);
  }

  @Override
  @Test
  void aRequestThatFailedIsNotSentAgain() throws Exception {
    // Given: a client that does not ask again by itself, as the JDK's does
    try (Origin origin = new Origin();
        ProxyProcess running = start(proxy.shipped(), Protocol.HTTP_1_1, origin);
        Socket client = new Socket(Loopback.HOST, running.port())) {
      client
          .getOutputStream()
          .write("GET /api/notifications HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));

      // When
      origin.next().abort();

      // Then: it ends without an answer
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
      assertThat(origin.hasWaitingRequest()).isFalse();
    }
  }

  @Test
  void storedTheUsualWayOneUserIsGivenTheStreamOfAnother() throws Exception {
    // Given: an origin that does not forbid it
    ProxyRule wrong = proxy.shipped().replaceAll(2, PIPE, "        return (hash);");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader first = running.open(NOTIFICATIONS, "Authorization", "Bearer first")) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      exchange.event(1, 50);
      first.awaitEvents(1);

      // When
      try (SseReader second = running.open(NOTIFICATIONS, "Authorization", "Bearer second")) {
        exchange.event(2, 50);

        // Then
        second.awaitEvents(2);
        assertThat(origin.hasWaitingRequest()).isFalse();
      }
    }
  }

  @Test
  void theCacheControlOfTheServicePreventsThatToo() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replaceAll(2, PIPE, "        return (hash);");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader first = running.open(NOTIFICATIONS)) {
      OriginExchange toFirst = origin.next();
      toFirst.openStream(CHUNKED, "Cache-Control: no-cache, no-store, no-transform");
      toFirst.event(1, 50);
      first.awaitEvents(1);

      // When
      try (SseReader second = running.open(NOTIFICATIONS)) {
        origin.next().openStream(CHUNKED, "Cache-Control: no-cache, no-store, no-transform");

        // Then
        second.awaitLine(": ready");
        assertThat(second.events()).isEmpty();
      }
    }
  }

  @Test
  void passedInsteadOfPipedAReplicaDoesNotSeeAtOnceThatItsClientLeft() throws Exception {
    // Given
    ProxyRule pass = proxy.shipped().replaceAll(2, PIPE, "        return (pass);");
    try (Origin origin = new Origin();
        ProxyProcess running = start(pass, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then
      assertThat(exchange.awaitPeerLeft(1_500)).isFalse();
    }
  }
}
