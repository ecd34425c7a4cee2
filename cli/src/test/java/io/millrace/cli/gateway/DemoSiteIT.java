package io.millrace.cli.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.runtime.StateDirectory;
import io.millrace.cli.token.DevelopmentKey;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSiteIT {

  private static final String RECORD =
      "{\"topic\":\"notifications\",\"key\":\"user:alice\",\"type\":\"t\",\"data\":{\"n\":1}}";

  @TempDir static Path temporary;
  private static EmbeddedKafka kafka;
  private static Gateway gateway;
  private static int port;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 1, Map.of());
    kafka.createTopic("ai-events", 1, Map.of());
    port = LoopbackPort.free();
    DevelopmentKey key = DevelopmentKey.in(new StateDirectory(temporary));
    gateway =
        Gateway.start(
            new Gateway.Options(port, surface -> List.of(), key, kafka.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    kafka.close();
  }

  /** The raw answer to a request with exactly these header lines. */
  private static String post(String path, String body, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request =
          "POST "
              + path
              + " HTTP/1.1\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String fromPage(String path, String body) throws IOException {
    return post(
        path,
        body,
        "Host: localhost:" + port,
        "Origin: http://localhost:" + port,
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/json");
  }

  @Test
  void startsASessionInACookieNoScriptCanRead() throws IOException {
    String answer = fromPage("/demo/session", "{\"user\":\"alice\"}");

    assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
    String cookie =
        answer.lines().filter(line -> line.startsWith("set-cookie")).findFirst().orElse("");
    assertTrue(cookie.contains("millrace-token=eyJ"), answer);
    assertTrue(cookie.contains("HTTPOnly"), cookie);
    assertTrue(cookie.contains("SameSite=Strict"), cookie);
    assertTrue(cookie.contains("Path=/api/"), cookie);
    assertTrue(cookie.contains("Max-Age=28800"), cookie);
  }

  @Test
  void knowsItsUsers() throws IOException {
    assertTrue(fromPage("/demo/session", "{\"user\":\"root\"}").startsWith("HTTP/1.1 400 "));
  }

  @Test
  void publishesARecord() throws IOException {
    String answer = fromPage("/demo/publish", RECORD);

    assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
    JsonObject where = new JsonObject(answer.substring(answer.indexOf('{')));
    assertEquals(0, where.getInteger("partition"));
    assertTrue(where.getLong("offset") >= 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"topic\":17}",
        "{\"topic\":\"stream-control\",\"key\":\"user:alice\",\"data\":{}}",
        "{\"topic\":\"notifications\",\"key\":\"\",\"data\":{}}",
        "{\"topic\":\"notifications\",\"key\":\"all\",\"data\":\"text\"}"
      })
  void refusesWhatIsNoRecord(String body) throws IOException {
    String answer = fromPage("/demo/publish", body);

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @Test
  void killsNothingForAViewItNeverServed() throws IOException {
    String answer = fromPage("/demo/kill", "{\"view\":\"nobody\"}");

    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
  }

  @Test
  void refusesABodyLargerThanAnEvent() throws IOException {
    String answer = fromPage("/demo/publish", "{\"x\":\"" + "y".repeat(90_000) + "\"}");

    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo/session", "/demo/publish", "/demo/kill"})
  void refusesAnotherOrigin(String path) throws IOException {
    assertRefused(
        post(
            path, RECORD, host(), "Origin: http://evil.example", "Content-Type: application/json"));
    assertRefused(post(path, RECORD, host(), "Origin: null", "Content-Type: application/json"));
    assertRefused(
        post(path, RECORD, host(), "Origin: http://localhost:1", "Content-Type: application/json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo/session", "/demo/publish", "/demo/kill"})
  void refusesAnotherSite(String path) throws IOException {
    assertRefused(
        post(path, RECORD, host(), "Sec-Fetch-Site: cross-site", "Content-Type: application/json"));
    assertRefused(
        post(path, RECORD, host(), "Sec-Fetch-Site: same-site", "Content-Type: application/json"));
    assertRefused(
        post(path, RECORD, host(), "Sec-Fetch-Site: none", "Content-Type: application/json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo/session", "/demo/publish", "/demo/kill"})
  void refusesANameThatWasBoundToLoopback(String path) throws IOException {
    String evil = "evil.example:" + port;

    assertRefused(
        post(
            path,
            RECORD,
            "Host: " + evil,
            "Origin: http://" + evil,
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void refusesWhatAFormCouldSend(String type) throws IOException {
    String answer = post("/demo/publish", RECORD, host(), "Content-Type: " + type);

    assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/doctor/"})
  void servesThePageWithAStrictPolicy(String path) throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString());

    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("script-src 'self'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(page.body().contains("<style"), "inline style");
    assertFalse(page.body().matches("(?s).*<script(?![^>]*src=).*"), "inline script");
  }

  private static String host() {
    return "Host: localhost:" + port;
  }

  private static void assertRefused(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
  }
}
