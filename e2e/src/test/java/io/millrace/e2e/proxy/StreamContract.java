package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.OriginExchange.Framing;
import io.millrace.e2e.Requires;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every shipped rule must do for a stream, on the real program. An event is sent only after
 * the one before it arrived: if any were held for the next one, the test would stop there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StreamContract {

  static final String NOTIFICATIONS = "/api/notifications";
  static final String AI_EVENTS = "/api/ai/events";

  private static final List<Integer> SIZES = List.of(50, 3 << 10, 6 << 10, 64 << 10);

  final Proxy proxy;
  private final List<Protocol> protocols;
  @TempDir Path folder;

  /**
   * @param protocols which the program can speak to its clients
   */
  StreamContract(Proxy proxy, Protocol... protocols) {
    this.proxy = proxy;
    this.protocols = List.of(protocols);
  }

  @BeforeEach
  void theProgramIsInstalled() {
    Requires.program(proxy.program());
  }

  final List<Protocol> protocols() {
    return protocols;
  }

  Stream<Arguments> protocolsAndFramings() {
    return protocols.stream()
        .flatMap(
            protocol ->
                Stream.of(Framing.values()).map(framing -> Arguments.of(protocol, framing)));
  }

  ProxyProcess start(ProxyRule rule, Protocol protocol, Origin origin) throws IOException {
    return ProxyProcess.start(
        proxy, rule, Wiring.of(folder, protocol, origin.port(), origin.port()));
  }

  ProxyProcess shipped(Protocol protocol, Origin origin) throws IOException {
    return start(proxy.shipped(), protocol, origin);
  }

  @ParameterizedTest
  @MethodSource("protocolsAndFramings")
  void everyEventArrivesBeforeTheNextIsSent(Protocol protocol, Framing framing) throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip, br")) {
      OriginExchange exchange = origin.next();
      exchange.openStream(framing, "Cache-Control: no-cache, no-store, no-transform");
      reader.awaitLine(": ready");

      // When
      int sent = 0;
      for (int size : SIZES) {
        for (int again = 0; again < 3; again++) {
          exchange.event(++sent, size);
          reader.awaitEvents(sent);
        }
      }

      // Then
      assertThat(reader.response().version()).isEqualTo(protocol.version());
      assertThat(reader.response().headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(reader.events())
          .extracting(event -> event.data().length() > 10)
          .hasSize(sent)
          .containsOnly(true);
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aStreamSilentForLongerThanTheTimeoutsAroundItStaysOpen(Protocol protocol) throws Exception {
    // Given: the timeouts of the site around the rule are three seconds at most
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      Silence.forMillis(4_500, reader::isOpen);
      exchange.event(1, 50);

      // Then
      reader.awaitEvents(1);
    }
  }

  /** Whether the program sees it without writing to the client; if not, with a heartbeat. */
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return true;
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aReplicaLearnsThatItsClientLeft(Protocol protocol) throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then
      if (noticesAtOnceThatAClientLeft(protocol)) {
        assertThat(exchange.awaitPeerLeft(SseReader.PATIENCE.toMillis())).isTrue();
      } else {
        Silence.until(() -> beatsToNobody(exchange));
      }
    }
  }

  static boolean beatsToNobody(OriginExchange exchange) throws InterruptedException {
    try {
      exchange.heartbeat();
    } catch (IOException reset) {
      return true;
    }
    return exchange.awaitPeerLeft(100);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void twoClientsHaveStreamsOfTheirOwn(Protocol protocol) throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin);
        SseReader first = running.open(NOTIFICATIONS)) {
      OriginExchange toFirst = origin.next();
      toFirst.openStream(CHUNKED);
      first.awaitLine(": ready");

      // When
      try (SseReader second = running.open(NOTIFICATIONS)) {
        OriginExchange toSecond = origin.next();
        toSecond.openStream(CHUNKED);
        toFirst.event(1, 50);
        toSecond.event(2, 50);
        first.awaitEvents(1);
        second.awaitEvents(1);

        // Then
        assertThat(first.eventIds()).containsExactly("1");
        assertThat(second.eventIds()).containsExactly("2");
      }
    }
  }
}
