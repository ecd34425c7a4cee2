package io.millrace.cli.gateway;

import static io.millrace.cli.gateway.GatewayFixture.readTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.http.TinyOrigin.Exchange;
import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which replica the gateway sends a request to, and what it answers when there is none. */
@Timeout(30)
class GatewayRoutingIT {

  private final HttpClient http = HttpClient.newHttpClient();
  private GatewayFixture gateway;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    gateway = new GatewayFixture(temporary);
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  @Test
  void passesOnWhatTheClientAskedFor() throws Exception {
    try (Socket client =
        gateway.subscribe(
            "/api/notifications?scope=all&a=%20b",
            "Authorization: Bearer x\r\nLast-Event-ID: 1.a.b\r\nCookie: millrace-token=y\r\n")) {
      Exchange request = gateway.one.next();

      assertEquals("GET /api/notifications?scope=all&a=%20b HTTP/1.1", request.requestLine());
      assertEquals("Bearer x", request.headers().get("authorization"));
      assertEquals("1.a.b", request.headers().get("last-event-id"));
      assertEquals("millrace-token=y", request.headers().get("cookie"));
      request.stream();
      assertTrue(readTo(client, "\r\n\r\n").contains("no-cache"));
    }
  }

  @Test
  void takesTheReadyReplicasInTurn() throws Exception {
    gateway.ready.add(gateway.two.port());

    try (Socket first = gateway.subscribe("/api/notifications");
        Socket second = gateway.subscribe("/api/notifications")) {
      gateway.one.next().stream();
      gateway.two.next().stream();
      readTo(first, "\r\n\r\n");
      readTo(second, "\r\n\r\n");
    }
  }

  @Test
  void sendsNobodyToAReplicaThatIsNotReady() throws Exception {
    for (int i = 0; i < 4; i++) {
      try (Socket client = gateway.subscribe("/api/notifications")) {
        gateway.one.next().stream();
        readTo(client, "\r\n\r\n");
      }
    }

    assertFalse(gateway.two.hasRequest());
  }

  @Test
  void triesTheNextReplicaWhenOneHasJustDied() throws Exception {
    gateway.ready.add(gateway.two.port());
    gateway.one.close();

    for (int i = 0; i < 4; i++) {
      try (Socket client = gateway.subscribe("/api/notifications")) {
        gateway.two.next().stream();
        readTo(client, "\r\n\r\n");
      }
    }
  }

  @Test
  void answersASubscriberSoftlyWhenNoReplicaIsReady() throws Exception {
    gateway.ready.clear();

    HttpResponse<String> answer =
        http.send(gateway.get("/api/notifications"), BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().matches("retry: \\d{4,5}\n: busy\n\n"), answer.body());
    assertEquals(
        "text/event-stream; charset=utf-8", answer.headers().firstValue("content-type").get());
  }

  @Test
  void answersASubscriberSoftlyWhenItsReplicaDiesBeforeItAnswers() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications")) {
      gateway.one.next().abort();

      assertTrue(readTo(client, ": busy\n\n").startsWith("HTTP/1.1 200 OK"));
    }
  }

  @Test
  void answersAProducerPlainlyWhenNoReplicaIsReady() throws Exception {
    gateway.ready.clear();
    HttpRequest post =
        HttpRequest.newBuilder(gateway.uri("/api/notifications"))
            .POST(BodyPublishers.ofString("{}"))
            .build();

    assertEquals(503, http.send(post, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void passesARefusalOnAsItIs() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications")) {
      gateway
          .one
          .next()
          .answer("401 Unauthorized", "application/problem+json", "{\"title\":\"no\"}");

      String answer = readTo(client, "{\"title\":\"no\"}");

      assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
      assertTrue(answer.contains("application/problem+json"), answer);
    }
  }

  @Test
  void keepsTheSurfacesApart() throws Exception {
    HttpResponse<String> ai = http.send(gateway.get("/api/ai/events"), BodyHandlers.ofString());
    HttpResponse<String> neither =
        http.send(gateway.get("/api/notificationsx"), BodyHandlers.ofString());
    HttpResponse<String> health = http.send(gateway.get("/q/health"), BodyHandlers.ofString());

    assertTrue(ai.body().endsWith(": busy\n\n"), ai.body());
    assertEquals(404, neither.statusCode());
    assertEquals(404, health.statusCode());
  }

  @Test
  void namesATakenPort() {
    Failure refused = assertThrows(Failure.class, () -> gateway.gatewayOn(gateway.port));

    assertTrue(refused.getMessage().contains("port " + gateway.port), refused.getMessage());
  }
}
