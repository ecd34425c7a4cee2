package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.testing.LogCapture;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first event of a probe tells what the server saw of the request. */
public abstract class ProbeSeenContract extends StreamTest {

  private static final String RUN = "run-1";
  private static final String QUERY = "phase=bytes&bytes=1&run=" + RUN;

  protected ProbeSeenContract(Surface surface) {
    super(surface);
  }

  private JsonObject seen(SseRequest request) {
    return new JsonObject(send(request).awaitFrame().data()).getJsonObject("seen");
  }

  private static String hmac(String value) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(RUN.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest).substring(0, 16);
  }

  @Test
  void tellsNamesAndWhatIsNotSecret() {
    // When
    JsonObject seen =
        seen(
            probe(QUERY)
                .bearer(surface.token(alice))
                .header("Via", "1.1 outer")
                .header("X-Forwarded-For", "192.0.2.1")
                .header("Accept-Encoding", "gzip, br")
                .header("Connection", "close")
                .header("Via", "1.1 inner"));

    // Then
    assertEquals("HTTP/1.1", seen.getString("protocol"));
    assertEquals(surface.path() + "/probe", seen.getString("path"));
    assertEquals(
        new JsonArray(
            List.of(
                "accept-encoding",
                "authorization",
                "connection",
                "host",
                "via",
                "x-forwarded-for")),
        seen.getJsonArray("headers"));
    assertEquals("1.1 outer, 1.1 inner", seen.getString("via"));
    assertEquals("gzip, br", seen.getString("acceptEncoding"));
    assertEquals("close", seen.getString("connection"));
    assertFalse(seen.encode().contains("192.0.2.1"), seen.encode());
  }

  @Test
  void provesSensitiveHeadersWithoutTellingThem() throws Exception {
    // Given
    String token = surface.token(alice).signed();
    SseRequest request =
        probe(QUERY)
            .bearer(token)
            .header("Cookie", "session=secret")
            .lastEventId("1.x")
            .header("Accept", "text/event-stream");

    // When
    JsonObject seen = seen(request);

    // Then: authentication itself drops a cookie beside a bearer token
    assertEquals(
        new JsonObject()
            .put("authorization", hmac("Bearer " + token))
            .put("cookie", hmac("session=secret"))
            .put("last-event-id", hmac("1.x"))
            .put("accept", hmac("text/event-stream")),
        seen.getJsonObject("hmac"));
    assertFalse(seen.encode().contains("secret"), seen.encode());
  }

  @Test
  void logsNoValueOfAHeader() {
    // Given
    try (LogCapture log = new LogCapture()) {
      // When
      seen(probe(QUERY).bearer(surface.token(alice)).header("Cookie", "session=secret"));

      // Then
      assertEquals(List.of(), log.containing("secret"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsRequestsOfAConnectionAndOfARun(HttpClient.Version version) throws Exception {
    // Given
    HttpClient client = HttpClient.newBuilder().version(version).build();
    String run = "of-" + alice;
    seenBy(client, run);

    // When
    JsonObject second = seenBy(client, run);

    // Then: of two, the client of HTTP/2 upgrades the connection of its first request
    assertEquals(
        version == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1", second.getString("protocol"));
    assertEquals(2, second.getInteger("requestsOnConnection"));
    assertEquals(2, second.getInteger("requestsOfRun"));
  }

  private JsonObject seenBy(HttpClient client, String run) throws Exception {
    String query = "?phase=small&run=" + run;
    HttpRequest request =
        HttpRequest.newBuilder(server().resolve(surface.path() + "/probe" + query))
            .header("Authorization", "Bearer " + surface.token(alice).signed())
            .build();
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    assertEquals(10, body.lines().filter(line -> line.equals("event: probe")).count());
    String first = body.lines().filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
    return new JsonObject(first.substring("data: ".length())).getJsonObject("seen");
  }
}
