package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream begins (wire.md §§2, 5). */
public abstract class OpeningContract extends StreamTest {

  private static final Pattern OPENING = Pattern.compile("retry: (\\d+)\n: ready\n\n");

  protected OpeningContract(Surface surface) {
    super(surface);
  }

  @Test
  void hasExactlyTheHeadersOfAStream() {
    // When
    SseClient stream = openAs(alice);

    // Then
    assertEquals(200, stream.status());
    assertEquals("text/event-stream;charset=utf-8", stream.header("Content-Type"));
    assertEquals("no-cache, no-store, no-transform", stream.header("Cache-Control"));
    assertEquals("no", stream.header("X-Accel-Buffering"));
    assertEquals("25", stream.header("Millrace-Heartbeat"));
    assertEquals("chunked", stream.header("Transfer-Encoding"));
    assertEquals(List.of(), stream.headers("Content-Encoding"));
    assertEquals(List.of(), stream.headers("Content-Length"));
  }

  @Test
  void beginsInOneWriteWithItsHeadersBeforeAnyEvent() {
    // When
    SseClient stream = openAs(alice);

    // Then
    assertTrue(stream.firstRead().startsWith("HTTP/1.1 200 OK\r\n"), stream.firstRead());
    assertTrue(stream.firstRead().endsWith(": ready\n\n\r\n"), stream.firstRead());
    assertEquals(List.of(), stream.frames());
  }

  @Test
  void beginsWithARetryOfOneToFiveSeconds() {
    // When
    SseClient stream = openAs(alice);

    // Then
    Matcher opening = OPENING.matcher(stream.body());
    assertTrue(opening.matches(), stream.body());
    int retry = Integer.parseInt(opening.group(1));
    assertTrue(retry >= 1000 && retry <= 5000, stream.body());
  }

  @Test
  void spreadsReconnects() {
    // When
    List<String> openings =
        java.util.stream.IntStream.range(0, 10).mapToObj(i -> openAs(alice).body()).toList();

    // Then
    assertTrue(openings.stream().distinct().count() > 1, openings.toString());
  }

  @Test
  void beginsWithoutAByteOrderMark() {
    // When
    SseClient stream = openAs(alice);

    // Then
    assertFalse(stream.body().startsWith("\uFEFF"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br, zstd", "*"})
  void isNeverCompressed(String encodings) {
    // When
    SseClient stream = open(requestOf(alice).header("Accept-Encoding", encodings));
    publish(alice, "{\"n\":1}");

    // Then
    assertEquals("{\"n\":1}", stream.awaitFrame().data());
    assertEquals(List.of(), stream.headers("Content-Encoding"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/event-stream", "application/json", "*/*", "text/html;q=0.9", "nonsense"})
  void answersAnyAcceptHeaderWithAStream(String accept) {
    // When
    SseClient stream = open(requestOf(alice).header("Accept", accept));

    // Then
    assertEquals("text/event-stream;charset=utf-8", stream.header("Content-Type"));
  }

  @Test
  void isNotRedirectedToAnotherSpellingOfItsPath() {
    // When
    SseClient other = send(SseRequest.to(server(), surface.path() + "/"));

    // Then
    assertEquals(401, other.status());
    assertEquals(List.of(), other.headers("Location"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
  void isForGetAlone(String method) {
    // When
    SseClient answer = send(requestOf(alice).method(method).header("Content-Length", "0"));

    // Then
    assertTrue(List.of(404, 405).contains(answer.status()), () -> answer.body());
    answer.awaitEnd();
    assertEquals(List.of(), answer.headers("Millrace-Heartbeat"));
  }

  @Test
  void isNotForHead() {
    // When
    SseClient answer = send(requestOf(alice).method("HEAD"));

    // Then
    assertTrue(List.of(404, 405).contains(answer.status()));
    assertEquals(List.of(), answer.headers("Millrace-Heartbeat"));
  }

  @Test
  void passesOverTheBodyOfARequest() {
    // Given
    SseClient counted = open(requestOf(alice).header("Content-Length", "5").then("hello"));
    SseClient endless =
        open(requestOf(alice).header("Transfer-Encoding", "chunked").then("5\r\nhello\r\n"));

    // When
    publish(alice, "1");

    // Then
    assertEquals(List.of("1"), counted.awaitData(1));
    assertEquals(List.of("1"), endless.awaitData(1));
  }

  @Test
  void keepsARequestBehindItWaiting() {
    // Given
    String next = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n";
    SseClient stream = open(requestOf(alice).then(next.repeat(100)));

    // When
    publish(alice, "1");
    publish(alice, "2");

    // Then
    assertEquals(List.of("1", "2"), stream.awaitData(2));
    assertTrue(stream.isOpen());
    assertFalse(stream.body().contains("HTTP/1.1"));
  }
}
