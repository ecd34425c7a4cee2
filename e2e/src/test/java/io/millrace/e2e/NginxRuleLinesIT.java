package io.millrace.e2e;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each remaining line of the shipped rule is there for, shown with and without the line. */
class NginxRuleLinesIT {

  private static final NginxRule SHIPPED = NginxRule.shipped();

  @TempDir Path folder;

  @Test
  void nginxFindsNothingToSayAboutTheShippedFiles() throws Exception {
    // When
    String said = Nginx.check(folder, "plain.conf", SHIPPED);

    // Then
    assertThat(said).contains("syntax is ok", "test is successful", "exit code 0");
    assertThat(said).doesNotContain("[warn]", "[error]", "[emerg]");
  }

  @Test
  void theReplicaIsSpokenToInHttp11WithTheConnectionKept() throws Exception {
    // When
    String head = headAtTheOrigin(SHIPPED);

    // Then
    assertThat(head).startsWith("GET /api/notifications HTTP/1.1\r\n");
    assertThat(head).doesNotContainIgnoringCase("\r\nConnection:");
  }

  @Test
  void withoutTheVersionLineTheReplicaIsSpokenToInHttp10() throws Exception {
    // When
    String head = headAtTheOrigin(SHIPPED.with("proxy_http_version", "1.0"));

    // Then
    assertThat(head).startsWith("GET /api/notifications HTTP/1.0\r\n");
  }

  @Test
  void withoutTheConnectionLineTheReplicaIsToldToClose() throws Exception {
    // When
    String head = headAtTheOrigin(SHIPPED.without("proxy_set_header Connection"));

    // Then
    assertThat(head).contains("\r\nConnection: close\r\n");
  }

  @Test
  void theReplicaSeesHostAndOriginOfTheRequest() throws Exception {
    // When
    String head = headAtTheOrigin(SHIPPED);

    // Then
    assertThat(head)
        .contains(
            "\r\nHost: 127.0.0.1\r\n",
            "\r\nX-Forwarded-For: 127.0.0.1\r\n",
            "\r\nX-Forwarded-Host: 127.0.0.1\r\n",
            "\r\nX-Forwarded-Proto: http\r\n");
  }

  @Test
  void tokenAndLastEventIdReachTheReplica() throws Exception {
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(origin.port()));
        SseReader reader =
            SseReader.open(
                nginx.uri("/api/notifications"),
                "Authorization",
                "Bearer abc",
                "Last-Event-ID",
                "1.e.p",
                "Cookie",
                "millrace-token=abc")) {

      // When
      String head = origin.next().head();

      // Then
      assertThat(reader.isOpen()).isTrue();
      assertThat(head)
          .contains(
              "\r\nAuthorization: Bearer abc\r\n",
              "\r\nLast-Event-ID: 1.e.p\r\n",
              "\r\nCookie: millrace-token=abc\r\n");
    }
  }

  @Test
  void aSecondStreamUsesTheConnectionOfTheFirst() throws Exception {
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, SHIPPED.notifications(origin.port()))) {
      // Given
      readToEnd(origin, nginx);

      // When
      readToEnd(origin, nginx);

      // Then
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  private static void readToEnd(Origin origin, Nginx nginx) throws Exception {
    try (SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      exchange.end();
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.COMPLETE);
    }
  }

  @Test
  void withTheCacheTheSecondClientWaitsAndIsSentTheStreamOfTheFirst() throws Exception {
    // Given
    NginxRule wrong = SHIPPED.with("proxy_cache", "shared").with("proxy_buffering", "on");
    NginxRule locked =
        new NginxRule(
            wrong.sseProxy() + "proxy_cache_lock on;\nproxy_cache_valid 200 1h;\n", wrong.server());
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, locked.notifications(origin.port()));
        SseReader first = SseReader.open(nginx.uri("/api/notifications"))) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      exchange.event(1, 50);
      first.awaitEvents(1);

      // When
      try (SseReader second = SseReader.open(nginx.uri("/api/notifications"))) {
        Silence.forMillis(600, () -> !second.hasHeaders() && !origin.hasWaitingRequest());
        exchange.end();

        // Then: someone else's events
        second.awaitEvents(1);
        assertThat(second.eventIds()).containsExactly("1");
      }
    }
  }

  @Test
  void withGzipAnEventStreamIsCompressedAlthoughItSaysNoTransform() throws Exception {
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.plain(folder, SHIPPED.with("gzip", "on").notifications(origin.port()));
        SseReader reader =
            SseReader.open(nginx.uri("/api/notifications"), "Accept-Encoding", "gzip")) {

      // When
      origin.next().openStream(CHUNKED, "Cache-Control: no-cache, no-transform");

      // Then
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }

  private String headAtTheOrigin(NginxRule rule) throws IOException, InterruptedException {
    try (Origin origin = new Origin();
        Nginx nginx = Nginx.hostile(folder, rule.notifications(origin.port()));
        SseReader reader = SseReader.open(nginx.uri("/api/notifications"))) {
      assertThat(reader.isOpen()).isTrue();
      return origin.next().head();
    }
  }
}
