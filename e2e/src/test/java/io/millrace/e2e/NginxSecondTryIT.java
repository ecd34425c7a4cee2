package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a second replica gets a request through the shipped rule, and when not. */
class NginxSecondTryIT {

  private static final NginxRule SHIPPED = NginxRule.shipped();

  @TempDir Path folder;

  @Test
  void aReplicaThatRefusesConnectionsIsFollowedByAnother() throws Exception {
    // Given
    int refusing = Loopback.freePort();
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(refusing, origin.port()))) {

      // When: as fast as possible, so also within the second of fail_timeout
      List<Integer> statuses = IntStream.range(0, 6).mapToObj(i -> status(origin, nginx)).toList();

      // Then
      assertThat(statuses).containsOnly(200);
    }
  }

  @Test
  void withoutASecondTryABrowserGetsAnAnswerItGivesUpAt() throws Exception {
    // Given
    int refusing = Loopback.freePort();
    NginxRule wrong = SHIPPED.with("proxy_next_upstream", "off");
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, wrong.notifications(refusing, origin.port()))) {

      // When
      List<Integer> statuses = IntStream.range(0, 2).mapToObj(i -> status(origin, nginx)).toList();

      // Then
      assertThat(statuses).contains(502);
    }
  }

  @Test
  void aReplicaThatDiesBeforeItAnswersIsFollowedByAnother() throws Exception {
    try (Origin one = new Origin();
        Origin two = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(one.port(), two.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      one.next().abort();

      // Then
      two.next().openStream(CHUNKED);
      assertThat(reader.response().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerIsPassedOnWhateverItSays() throws Exception {
    try (Origin one = new Origin();
        Origin two = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(one.port(), two.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      one.next().answer("503 Service Unavailable", "application/problem+json", "{}");

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(503);
      assertThat(two.hasWaitingRequest()).isFalse();
    }
  }

  @Test
  void anEventThatWasSentToAReplicaIsNotPublishedAtAnother() throws Exception {
    try (Origin one = new Origin();
        Origin two = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(one.port(), two.port()))) {
      HttpRequest post =
          HttpRequest.newBuilder(nginx.uri("/api/notifications"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
              .build();

      // When
      CompletableFuture<HttpResponse<String>> response =
          HttpClient.newHttpClient().sendAsync(post, HttpResponse.BodyHandlers.ofString());
      one.next().abort();

      // Then
      assertThat(response.get().statusCode()).isEqualTo(502);
      assertThat(two.hasWaitingRequest()).isFalse();
    }
  }

  @Test
  void aReplicaThatDoesNotAcceptIsFollowedByAnother() throws Exception {
    // Given
    NginxRule impatient = SHIPPED.with("proxy_connect_timeout", "1s");
    try (FullListener full = new FullListener();
        Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, impatient.notifications(full.port(), origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {

      // When
      origin.next().openStream(CHUNKED);

      // Then
      assertThat(reader.response().statusCode()).isEqualTo(200);
    }
  }

  private static int status(Origin origin, Nginx nginx) {
    try (SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      Silence.until(() -> origin.hasWaitingRequest() || reader.hasHeaders());
      if (origin.hasWaitingRequest()) {
        OriginExchange exchange = origin.next();
        exchange.openStream(CHUNKED);
        exchange.end();
      }
      return reader.response().statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
