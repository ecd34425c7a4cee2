package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another origin reads a stream only when that origin was named, exactly. */
public abstract class CorsContract extends StreamTest {

  private static final String ORIGIN = "https://app.example";

  protected CorsContract(Surface surface) {
    super(surface);
  }

  /** A service that one other origin may read. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("quarkus.http.cors.enabled", "true");
      config.put("quarkus.http.cors.origins", ORIGIN);
      return config;
    }
  }

  @Test
  void letsTheNamedOriginRead() {
    // When
    SseClient stream = open(requestOf(alice).header("Origin", ORIGIN));

    // Then
    assertEquals(ORIGIN, stream.header("Access-Control-Allow-Origin"));
    assertEquals("true", stream.header("Access-Control-Allow-Credentials"));
    assertEquals("Millrace-Heartbeat", stream.header("Access-Control-Expose-Headers"));
    assertVariesByOrigin(stream);
  }

  @Test
  void letsTheNamedOriginReadARefusal() {
    // When
    SseClient answer = send(request().header("Origin", ORIGIN));

    // Then
    assertEquals(401, answer.status());
    assertEquals(ORIGIN, answer.header("Access-Control-Allow-Origin"));
    assertVariesByOrigin(answer);
  }

  @Test
  void letsTheNamedOriginProbe() {
    // When
    SseClient stream =
        send(
            probe("phase=bytes&run=r&bytes=1")
                .bearer(surface.token(alice))
                .header("Origin", ORIGIN));

    // Then
    assertEquals(200, stream.status());
    assertEquals(ORIGIN, stream.header("Access-Control-Allow-Origin"));
    assertEquals("true", stream.header("Access-Control-Allow-Credentials"));
    assertVariesByOrigin(stream);
  }

  @Test
  void variesByOriginEvenWithoutOne() {
    assertVariesByOrigin(openAs(alice));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://app.example.evil.example",
        "https://evil-app.example",
        "http://app.example",
        "https://app.example:8443",
        "https://APP.example.",
        "null"
      })
  void tellsAnotherOriginNothing(String origin) {
    // When
    SseClient answer = send(requestOf(alice).header("Origin", origin));

    // Then
    assertEquals(403, answer.status());
    assertEquals(List.of(), answer.headers("Access-Control-Allow-Origin"));
    assertEquals(List.of(), answer.headers("Millrace-Heartbeat"));
  }

  @Test
  void answersThePreflightOfAFetch() {
    // When
    SseClient answer = send(preflight(ORIGIN));

    // Then
    assertTrue(List.of(200, 204).contains(answer.status()));
    assertEquals(ORIGIN, answer.header("Access-Control-Allow-Origin"));
    assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
    assertEquals("GET", answer.header("Access-Control-Allow-Methods"));
    String headers = answer.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT);
    assertEquals("authorization,last-event-id", headers.replace(" ", ""));
    assertVariesByOrigin(answer);
  }

  @Test
  void refusesThePreflightOfAnotherOrigin() {
    // When
    SseClient answer = send(preflight("https://evil.example"));

    // Then
    assertEquals(List.of(), answer.headers("Access-Control-Allow-Origin"));
  }

  private SseRequest preflight(String origin) {
    return request()
        .method("OPTIONS")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "authorization,last-event-id");
  }

  private static void assertVariesByOrigin(SseClient answer) {
    assertTrue(
        answer.headers("Vary").stream().anyMatch(vary -> vary.equalsIgnoreCase("origin")),
        () -> "Vary: " + answer.headers("Vary"));
  }
}
