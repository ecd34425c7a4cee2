package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every shipped rule must do with requests and answers, and for streams; tiers extend it. What
 * a line made wrong does to a user is in {@code docs/proxy-matrix.md}; tiers have what is not.
 */
abstract class RuleContract extends StreamContract {

  RuleContract(Proxy proxy, Protocol... protocols) {
    super(proxy, protocols);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void whatIdentifiesAClientReachesTheReplica(Protocol protocol) throws Exception {
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin);
        SseReader reader =
            running.open(
                NOTIFICATIONS,
                "Authorization",
                "Bearer abc",
                "Last-Event-ID",
                "1.e.p",
                "Cookie",
                "millrace-token=abc",
                "Accept",
                "text/event-stream")) {

      // When
      String head = origin.next().head().toLowerCase();

      // Then
      assertThat(reader.isOpen()).isTrue();
      assertThat(head)
          .startsWith("get /api/notifications http/1.1\r\n")
          .contains(
              "\r\nauthorization: bearer abc\r\n",
              "\r\nlast-event-id: 1.e.p\r\n",
              "\r\ncookie: millrace-token=abc\r\n",
              "\r\naccept: text/event-stream\r\n")
          .contains(forwarded(protocol));
    }
  }

  /** What the proxy tells of the client's connection. */
  List<String> forwarded(Protocol protocol) {
    return List.of(
        "\r\nx-forwarded-for: 127.0.0.1\r\n",
        "\r\nx-forwarded-proto: " + protocol.scheme() + "\r\n");
  }

  @Test
  void eachSurfaceAndItsProbeReachTheirService() throws Exception {
    try (Origin notifications = new Origin();
        Origin aiEvents = new Origin();
        ProxyProcess running =
            ProxyProcess.start(
                proxy,
                proxy.shipped(),
                Wiring.of(folder, protocols().get(0), notifications.port(), aiEvents.port()))) {
      assertReaches(notifications, running, NOTIFICATIONS);
      assertReaches(notifications, running, NOTIFICATIONS + "/probe?phase=small&run=r");
      assertReaches(aiEvents, running, AI_EVENTS + "?conversationId=c1");
      assertReaches(aiEvents, running, AI_EVENTS + "/probe?phase=small&run=r");
    }
  }

  private static void assertReaches(Origin origin, ProxyProcess running, String path)
      throws Exception {
    // When
    try (SseReader reader = running.open(path)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      exchange.event(1, 6 << 10);

      // Then
      reader.awaitEvents(1);
      assertThat(exchange.head()).startsWith("GET " + path + " HTTP/1.1\r\n");
    }
  }

  @Test
  void noOtherPathReachesAReplica() throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocols().get(0), origin)) {
      for (String path :
          List.of(
              "/api/notificationsX",
              "/api/notifications/probe/x",
              "/api/ai/events/c1",
              "/q/metrics",
              "/")) {

        // When
        try (SseReader reader = running.open(path)) {

          // Then
          assertThat(reader.response().statusCode()).as(path).isGreaterThanOrEqualTo(400);
          assertThat(origin.hasWaitingRequest()).as(path).isFalse();
        }
      }
    }
  }

  @Test
  void aRequestThatFailedIsNotSentAgain() throws Exception {
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocols().get(0), origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When
      origin.next().abort();

      // Then
      assertThat(reader.response().statusCode()).isBetween(500, 599);
      assertThat(origin.hasWaitingRequest()).isFalse();
    }
  }

  @Test
  void aProblemReachesTheClientAsItIs() throws Exception {
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocols().get(0), origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When
      origin.next().answer("401 Unauthorized", "application/problem+json", "{\"status\":401}");

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(401);
      assertThat(reader.response().headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      reader.awaitLine("{\"status\":401}");
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void anEventIsPublishedTheSameWay(Protocol protocol) throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyProcess running = shipped(protocol, origin)) {
      HttpRequest post =
          HttpRequest.newBuilder(running.uri(NOTIFICATIONS))
              .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
              .build();

      // When
      CompletableFuture<HttpResponse<String>> response =
          protocol.client().sendAsync(post, HttpResponse.BodyHandlers.ofString());
      OriginExchange exchange = origin.next();
      exchange.answer("202 Accepted", "application/json", "{}");

      // Then
      assertThat(exchange.head()).startsWith("POST /api/notifications HTTP/1.1\r\n");
      assertThat(exchange.body()).isEqualTo("{\"a\":1}");
      assertThat(response.get().statusCode()).isEqualTo(202);
    }
  }

  @Test
  void itsCheckerFindsNothingToSay() throws Exception {
    // Given
    Wiring wiring = Wiring.of(folder, protocols().get(0), 8081, 8082);

    // When
    ProxyProcess.Verdict verdict =
        ProxyProcess.check(proxy, ProxyRule.shipped(proxy.tier()), wiring);

    // Then
    assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    assertThat(verdict.said())
        .doesNotContainIgnoringCase("warn")
        .doesNotContainIgnoringCase("alert")
        .doesNotContainIgnoringCase("error")
        .doesNotContainIgnoringCase("ignored");
  }
}
