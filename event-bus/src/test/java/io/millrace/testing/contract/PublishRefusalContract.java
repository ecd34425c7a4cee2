package io.millrace.testing.contract;

import static io.millrace.testing.contract.Refusals.assertForbidden;
import static io.millrace.testing.contract.Refusals.assertInvalidToken;
import static io.millrace.testing.contract.Refusals.assertTokenRequired;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not publish, or sends what is too large or no event at all, is told so. */
public abstract class PublishRefusalContract extends PublishTest {

  protected PublishRefusalContract(Surface surface) {
    super(surface);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/xml",
        "application/cloudevents",
        "application/cloudevents+xml",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void refusesOtherMediaTypes(String contentType) {
    refused(send(toAlice(contentType), "1"), 415);
    written(0);
  }

  @Test
  void refusesAnEventThatIsTooLarge() {
    // Given
    String largest = "\"" + "x".repeat(65_534) + "\"";
    accepted(send(toAlice(JSON), largest));

    // When
    refused(send(toAlice(JSON), largest.replaceFirst("x", "xx")), 413);

    // Then
    written(1);
  }

  @Test
  void refusesABodyThatIsTooLargeBeforeItCame() {
    // When
    SseClient answer = send(toAlice(JSON).header("Content-Length", "1048577").then("1"));

    // Then
    refused(answer, 413);
    assertEquals("close", answer.header("Connection"));
    answer.awaitClosed();
  }

  @Test
  void refusesABodyOfUnknownLengthOnceItIsTooLarge() {
    // Given
    String chunk = "10000\r\n" + " ".repeat(65_536) + "\r\n";

    // When
    SseClient answer =
        send(toAlice(JSON).header("Transfer-Encoding", "chunked").then(chunk.repeat(17)));

    // Then
    refused(answer, 413);
  }

  @Test
  void refusesABatchOfTooManyEvents() {
    // Given
    JsonArray batch = new JsonArray();
    IntStream.range(0, 1001).forEach(i -> batch.add(eventFor(alice, "e" + i)));

    // When
    refused(send(post(BATCH), batch.encode()), 413);

    // Then
    written(0);
  }

  @Test
  void asksForABodyItExpects() {
    // Given
    SseRequest request = toAlice(JSON).header("Expect", "100-continue");

    // When
    SseClient answer = send(request, "1");

    // Then
    assertEquals(100, answer.status());
  }

  @Test
  void wantsATokenInTheHeader() {
    // Given
    SseRequest noToken = request().method("POST").header("Content-Type", JSON);
    SseRequest cookie =
        request().method("POST").header("Content-Type", JSON).cookie(publisher().signed());
    SseRequest bad = request().method("POST").header("Content-Type", JSON).bearer("bad");

    // Then
    assertTokenRequired(send(noToken, "1"));
    assertTokenRequired(send(cookie, "1"));
    assertInvalidToken(send(bad, "1"));
  }

  @Test
  void wantsTheRole() {
    // Given
    TestToken reader = surface.token(alice).groups("reader", "publishers");
    SseRequest request =
        request().method("POST").bearer(reader).header("Content-Type", JSON).query("key", "all");

    // Then
    assertForbidden(send(request, "1"));
  }

  @Test
  void keepsTheConnectionForTheNextRequest() {
    // Given
    byte[] first = toAlice("text/plain").header("Content-Length", "1").then("1").bytes();
    String second =
        new String(
            toAlice(JSON).header("Content-Length", "1").then("2").bytes(), StandardCharsets.UTF_8);

    // When
    SseClient both =
        SseClient.send(server(), (new String(first, StandardCharsets.UTF_8) + second).getBytes());

    // Then
    both.awaitBody("{\"cursor\":");
    both.close();
    written(1);
  }

  @Test
  void countsWhatItDoes() {
    // Given
    double events = management().meter("millrace_publish_events_total");
    double refusals = management().meter("millrace_publish_rejections_total", "bad-request");

    // When
    accepted(send(toAlice(JSON), "1"));
    refused(send(toAlice(JSON), "hello"), 400);

    // Then
    assertEquals(events + 1, management().meter("millrace_publish_events_total"));
    assertEquals(
        refusals + 1, management().meter("millrace_publish_rejections_total", "bad-request"));
    assertEquals(0, management().meter("millrace_publish_bytes"));
  }
}
