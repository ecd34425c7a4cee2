package io.millrace.testing.contract;

import static io.millrace.testing.contract.Refusals.assertBadRequest;
import static io.millrace.testing.contract.Refusals.assertInvalidToken;
import static io.millrace.testing.contract.Refusals.assertTokenRequired;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe tells what became of a run to whoever made it, and what is wrong with a request. */
public abstract class ProbeReportContract extends StreamTest {

  protected ProbeReportContract(Surface surface) {
    super(surface);
  }

  private SseRequest probeAs(String person, String query) {
    return probe(query).bearer(surface.token(person));
  }

  private JsonObject report(String person, String run) {
    SseClient answer = send(probeAs(person, "phase=report&run=" + run));
    String body = answer.awaitEnd();
    assertEquals(200, answer.status(), body);
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals("no-store", answer.header("Cache-Control"));
    return new JsonObject(body);
  }

  private static JsonObject request(JsonObject report, int number) {
    return report.getJsonArray("requests").getJsonObject(number);
  }

  @Test
  void reportsARequestThatWasAnswered() {
    // Given
    String run = "of-" + alice;
    send(probeAs(alice, "phase=bytes&bytes=1&request=first&run=" + run)).awaitEnd();

    // When
    JsonObject report = report(alice, run);

    // Then
    assertEquals(run, report.getString("run"));
    assertEquals(1, report.getJsonArray("requests").size());
    assertEquals("bytes", request(report, 0).getString("phase"));
    assertEquals("first", request(report, 0).getString("request"));
    assertEquals(0.0, request(report, 0).getDouble("openedMillis"));
    assertEquals(1, request(report, 0).getInteger("sentEvents"));
    assertEquals("complete", request(report, 0).getString("ended"));
    assertTrue(request(report, 0).getDouble("endedMillis") >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"})
  void reportsAClientThatLeft(String unfinishedBehindIt) {
    // Given
    String run = "of-" + alice;
    SseClient client =
        send(probeAs(alice, "phase=hold&seconds=60&run=" + run).then(unfinishedBehindIt));
    client.awaitFrame();
    assertEquals("open", request(report(alice, run), 0).getString("ended"));

    // When
    client.close();

    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertEquals("client", request(report(alice, run), 0).getString("ended")));
  }

  @Test
  void tellsNobodyOfAnothersRun() {
    // Given
    send(probeAs(alice, "phase=bytes&bytes=1&run=shared")).awaitEnd();

    // When
    JsonObject report = report(bob, "shared");

    // Then
    assertEquals(0, report.getJsonArray("requests").size());
    assertEquals(0, report.getInteger("requestsOfRun"));
  }

  @ParameterizedTest
  @CsvSource({
    "run=r, phase",
    "phase=x&run=r, phase",
    "phase=small, run",
    "phase=small&run=%20, run",
    "phase=small&run=r&request=%00, request",
    "phase=idle&run=r&seconds=401, seconds",
    "phase=bytes&run=r&bytes=16777217, bytes"
  })
  void namesTheParameterThatIsWrong(String query, String parameter) {
    assertBadRequest(send(probeAs(alice, query)), parameter);
  }

  @Test
  void refusesAQueryThatCannotBeDecoded() {
    assertEquals(400, send(probeAs(alice, "phase=small&run=%zz")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"phase=small&run=r", "phase=report&run=r", "phase=x"})
  void asksForAToken(String query) {
    assertTokenRequired(send(probe(query)));
    assertTokenRequired(send(probe(query).query("token", surface.token(alice).signed())));
    assertInvalidToken(send(probe(query).bearer("not a token")));
    assertInvalidToken(
        send(probe(query).bearer(surface.token(alice).expiresIn(Duration.ofMinutes(-5)))));
  }
}
