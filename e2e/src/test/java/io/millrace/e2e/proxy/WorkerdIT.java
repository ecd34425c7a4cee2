package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Cloudflare Worker in workerd. */
class WorkerdIT extends RuleContract {

  WorkerdIT() {
    super(new Workerd(), Protocol.HTTP_1_1);
  }

  // With a plain socket. Behind the JDK's client the replica did not learn it within 20 s,
  // heartbeats or not; why is not known.
  @Override
  @ParameterizedTest
  @MethodSource("protocols")
  void aReplicaLearnsThatItsClientLeft(Protocol protocol) throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin)) {
      Socket client = new Socket(Loopback.HOST, running.port());
      client
          .getOutputStream()
          .write("GET /api/notifications HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      assertThat(client.getInputStream().read()).isPositive();

      // When
      client.close();

      // Then
      Silence.until(() -> beatsToNobody(exchange));
    }
  }

  /** Cloudflare itself does that, outside the Worker. */
  @Override
  List<String> forwarded(Protocol protocol) {
    return List.of("\r\nhost: ");
  }

  /** They are somebody else's; wrangler.toml says which requests come to the Worker at all. */
  @Override
  @Test
  void noOtherPathReachesAReplica() throws Exception {
    // Given
    ProxyRule ours =
        proxy
            .shipped()
            .replace(
                "function notAStream(request) {\n  return fetch(request);",
                "function notAStream() {\n  return new Response(null, { status: 404 });");
    try (Origin origin = new Origin();
        ProxyProcess running = start(ours, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open("/api/notificationsX")) {

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(404);
      assertThat(origin.hasWaitingRequest()).isFalse();
    }
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
}
