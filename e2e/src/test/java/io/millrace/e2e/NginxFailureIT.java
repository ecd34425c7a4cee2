package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and replicas see through the shipped rule when something goes wrong. */
class NginxFailureIT {

  private static final NginxRule SHIPPED = NginxRule.shipped();

  @TempDir Path folder;

  @Test
  void aStreamThatBrokeHalfWayDoesNotTakeItsReplicaAway() throws Exception {
    try (Origin one = new Origin();
        Origin two = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(one.port(), two.port()))) {
      // Given
      try (SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
        OriginExchange exchange = one.next();
        exchange.openStream(CHUNKED);
        reader.awaitLine(": ready");
        exchange.abort();
        assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
      }

      // When: at once, so within the second of fail_timeout
      try (SseReader second = SseReader.open(nginx.uri("/api/notifications"));
          SseReader third = SseReader.open(nginx.uri("/api/notifications"))) {

        // Then: both replicas still take turns
        one.next().openStream(CHUNKED);
        two.next().openStream(CHUNKED);
        second.awaitLine(": ready");
        third.awaitLine(": ready");
      }
    }
  }

  @Test
  void aReplicaThatDoesNotAcceptIsGivenUpAfterTheConnectTimeout() throws Exception {
    // Given: a listener whose queue is full, so that the kernel answers nothing
    NginxRule impatient = SHIPPED.with("proxy_connect_timeout", "1s");
    try (FullListener full = new FullListener();
        Nginx nginx = Nginx.hostile(folder, impatient.notifications(full.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      int status = reader.response().statusCode();

      // Then: long before the read timeout of an hour
      assertThat(status).isEqualTo(504);
    }
  }

  @Test
  void theSendTimeoutDoesNotTouchAnIdleStream() throws Exception {
    NginxRule shorter = SHIPPED.with("proxy_send_timeout", "1s");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, shorter.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      // Given
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      Silence.forMillis(2_500, reader::isOpen);
      exchange.event(1, 50);

      // Then
      reader.awaitEvents(1);
    }
  }

  @Test
  void aReplicaSeesAtOnceThatItsClientLeft() throws Exception {
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      // Given
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then
      assertThat(exchange.awaitPeerLeft(SseReader.PATIENCE.toMillis())).isTrue();
    }
  }

  @Test
  void withIgnoredAbortsTheSubscriptionOfAClientThatLeftLivesOn() throws Exception {
    NginxRule wrong = SHIPPED.with("proxy_ignore_client_abort", "on");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, wrong.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      // Given
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then
      assertThat(exchange.awaitPeerLeft(1_000)).isFalse();
    }
  }

  @Test
  void aProblemReachesTheClientAsItIs() throws Exception {
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      origin.next().answer("401 Unauthorized", "application/problem+json", "{\"status\":401}");

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(401);
      reader.awaitLine("{\"status\":401}");
    }
  }

  @Test
  void withInterceptedErrorsAProblemBecomesARedirectToALogin() throws Exception {
    NginxRule wrong = SHIPPED.with("proxy_intercept_errors", "on");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, wrong.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      origin.next().answer("401 Unauthorized", "application/problem+json", "{\"status\":401}");

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(302);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/notificationsX", "/api/notifications/", "/api/ai/events/c1", "/q/metrics"})
  void noOtherPathReachesAReplica(String path) throws Exception {
    try (Origin origin = new Origin();
        Nginx nginx =
            Nginx.hostile(folder, SHIPPED.notifications(origin.port()).aiEvents(origin.port()));
        SseReader reader = SseReader.open(nginx.uri(path))) {

      // When
      int status = reader.response().statusCode();

      // Then
      assertThat(status).isEqualTo(404);
      assertThat(origin.hasWaitingRequest()).isFalse();
    }
  }
}
