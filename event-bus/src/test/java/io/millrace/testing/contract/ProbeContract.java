package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probe sends what its phase says, when it says. */
public abstract class ProbeContract extends StreamTest {

  protected ProbeContract(Surface surface) {
    super(surface);
  }

  private SseRequest probeAs(String person, String query) {
    return probe(query).bearer(surface.token(person));
  }

  /** The data of each event of a phase that was read to its end. */
  private List<JsonObject> events(String query) {
    SseClient client = send(probeAs(alice, query + "&run=r"));
    client.awaitEnd();
    assertEquals(200, client.status());
    return data(client);
  }

  /** Asserts the form of each frame. */
  private static List<JsonObject> data(SseClient client) {
    List<SseFrame> frames = client.frames();
    for (SseFrame frame : frames) {
      assertTrue(frame.raw().startsWith("event: probe\ndata: {"), frame.raw());
      assertEquals(
          frame.raw().getBytes(StandardCharsets.UTF_8).length,
          new JsonObject(frame.data()).getInteger("bytes"));
    }
    return frames.stream().map(frame -> new JsonObject(frame.data())).toList();
  }

  /** A server's own clock: no timer fires early. */
  private static void assertNotBefore(long millis, JsonObject event) {
    assertTrue(event.getDouble("serverMillis") >= millis, event.encode());
  }

  @Test
  void headLeavesBeforeTheSilence() {
    // When
    SseClient client = send(probeAs(alice, "phase=silence&run=r"));
    client.awaitEnd();

    // Then
    assertTrue(client.firstRead().endsWith("\r\n\r\n"), client.firstRead());
    assertEquals(1, client.frames().size());
    assertEquals(client.frames().get(0).raw(), client.body());
    assertNotBefore(2_000, data(client).get(0));
  }

  @Test
  void smallEventsComeAtASteadyPace() {
    // When
    List<JsonObject> events = events("phase=small");

    // Then
    assertEquals(10, events.size());
    for (int n = 0; n < 10; n++) {
      JsonObject event = events.get(n);
      assertEquals("small", event.getString("phase"));
      assertEquals("r", event.getString("run"));
      assertEquals(n, event.getInteger("seq"));
      assertEquals(n == 0, event.containsKey("seen"));
      assertNotBefore(n * 250L, event);
      assertEquals(events.get(0).getString("connection"), event.getString("connection"));
      assertEquals(events.get(0).getString("replica"), event.getString("replica"));
      assertTrue(n == 0 || event.getInteger("bytes") == 200, event.encode());
    }
  }

  @Test
  void largeEventsAreAsLargeAsTheySay() {
    // When
    List<JsonObject> events = events("phase=large");

    // Then
    assertEquals(
        List.of(3_072, 3_072, 6_144, 6_144, 65_536, 65_536),
        events.stream().map(event -> event.getInteger("bytes")).toList());
    assertNotBefore(1_500, events.get(5));
  }

  @ParameterizedTest
  @CsvSource({"phase=idle&seconds=1, 2, 1000", "phase=total&seconds=2, 3, 2000"})
  void lastsAsLongAsWasAsked(String query, int count, long lastMillis) {
    // When
    List<JsonObject> events = events(query);

    // Then
    assertEquals(count, events.size());
    assertNotBefore(lastMillis, events.get(count - 1));
  }

  @Test
  void sendsAsManyBytesAsWasAsked() {
    // When
    SseClient client = send(probeAs(alice, "phase=bytes&bytes=1000000&run=r"));

    // Then
    assertEquals(1_000_000, client.awaitEnd().getBytes(StandardCharsets.UTF_8).length);
    assertEquals(16, data(client).size());
  }

  @Test
  void beatsWhileItHolds() {
    // When
    SseClient client = send(probeAs(alice, "phase=hold&seconds=3&run=r"));

    // Then
    String body = client.awaitEnd();
    assertTrue(body.matches("event: probe\ndata: [^\n]+\n\n: hb \\d+\n: hb \\d+\n"), body);
  }

  @Test
  void hasTheHeadOfAStream() {
    // Given
    SseClient stream = openAs(alice);

    // When
    SseClient client = send(probeAs(alice, "phase=bytes&bytes=1&run=r"));

    // Then
    Stream.of("Content-Type", "Cache-Control", "X-Accel-Buffering", "Millrace-Heartbeat", "Vary")
        .forEach(name -> assertEquals(stream.headers(name), client.headers(name), name));
    assertEquals("chunked", client.header("Transfer-Encoding"));
  }

  @Test
  void closesAConnectionOfHttpOneZero() {
    // When
    SseClient client =
        send(
            probeAs(alice, "phase=bytes&bytes=1&run=r")
                .version("HTTP/1.0")
                .header("Connection", "keep-alive"));

    // Then
    client.awaitClosed();
    JsonObject seen = data(client).get(0).getJsonObject("seen");
    assertEquals("HTTP/1.0", seen.getString("protocol"));
    assertEquals(List.of(), client.headers("Transfer-Encoding"));
  }

  @Test
  void takesTheCookie() {
    // When
    SseClient client =
        send(probe("phase=bytes&bytes=1&run=r").cookie(surface.token(alice).signed()));

    // Then
    client.awaitEnd();
    assertEquals(1, data(client).size());
  }

  @Test
  void isNotAStream() {
    // Given
    double opened = management().meter("millrace_streams_opened_total");

    // When
    SseClient client = send(probeAs(alice, "phase=hold&run=r"));
    client.awaitFrame();
    publish(alice, "1");

    // Then
    assertEquals(opened, management().meter("millrace_streams_opened_total"));
    assertTrue(management().meter("millrace_probes") >= 1);
    assertFalse(client.body().contains(": ready"), client.body());
    assertFalse(client.body().contains("retry"), client.body());
  }
}
