package io.millrace.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.http.TinyOrigin;
import io.millrace.cli.http.TinyOrigin.Exchange;
import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSourceIT {

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private TinyOrigin origin;
  private CompletableFuture<Void> running;

  @BeforeEach
  void startOrigin() throws IOException {
    origin = TinyOrigin.start();
  }

  @AfterEach
  void closeOrigin() throws IOException {
    origin.close();
  }

  private void listen(Optional<String> token, String lastEventId) {
    EventSource source =
        new EventSource(
            URI.create("http://127.0.0.1:" + origin.port() + "/api/notifications"),
            token,
            lastEventId,
            new Notes());
    running =
        CompletableFuture.runAsync(
            () -> {
              try {
                source.run();
              } catch (InterruptedException e) {
                throw new CompletionException(e);
              }
            },
            task -> {
              Thread thread = new Thread(task, "listener");
              thread.setDaemon(true);
              thread.start();
            });
  }

  private void awaitSeen(String... expected) {
    Awaitility.await().untilAsserted(() -> assertEquals(List.of(expected), seen));
  }

  @Test
  void tellsEachEventWhenItCame() throws Exception {
    // Given
    listen(Optional.empty(), "");
    Exchange stream = origin.next().stream().chunk("retry: 10\n: ready\n\n");
    awaitSeen("comment  ready");

    // When
    stream.chunk("id: 1\nda").chunk("ta: a\n\n");

    // Then
    awaitSeen("comment  ready", "message 1 a");
  }

  @Test
  void asksAsAnEventSourceDoes() throws Exception {
    listen(Optional.of("jwt"), "7");

    Exchange request = origin.next();

    assertEquals("GET /api/notifications HTTP/1.1", request.requestLine());
    assertEquals("text/event-stream", request.headers().get("accept"));
    assertEquals("Bearer jwt", request.headers().get("authorization"));
    assertEquals("7", request.headers().get("last-event-id"));
  }

  @Test
  void sendsNoIdBeforeTheFirstEvent() throws Exception {
    listen(Optional.empty(), "");

    Exchange request = origin.next();

    assertNull(request.headers().get("last-event-id"));
    assertNull(request.headers().get("authorization"));
  }

  @Test
  void returnsAfterTheRetryTimeWithTheLastId() throws Exception {
    // Given
    listen(Optional.empty(), "");

    // When
    origin.next().stream().chunk("retry: 20\n\nid: 1\ndata: a\n\nid: 2\ndata: cut off\n").end();

    // Then
    assertEquals("1", origin.next().headers().get("last-event-id"));
    awaitSeen("message 1 a", "wait 20 1");
  }

  @Test
  void returnsAfterAStreamThatBreaks() throws Exception {
    // Given
    listen(Optional.empty(), "");
    Exchange stream = origin.next().stream().chunk("retry: 20\n\nid: 1\ndata: a\n\n");
    awaitSeen("message 1 a");

    // When
    stream.abort();

    // Then

    assertEquals("1", origin.next().headers().get("last-event-id"));
  }

  @Test
  void endsWhenNothingWillFollow() throws Exception {
    listen(Optional.empty(), "");

    origin.next().answer("204 No Content", "text/plain", "");

    running.get(10, java.util.concurrent.TimeUnit.SECONDS);
  }

  @Test
  void endsWithTheProblemWhenItIsRefused() throws Exception {
    listen(Optional.empty(), "");

    origin.next().answer("401 Unauthorized", "application/problem+json", "{\"title\":\"no\"}");

    assertEquals("the server answered 401: {\"title\":\"no\"}", failure());
    assertFalse(origin.hasRequest());
  }

  @Test
  void endsWhenTheAnswerIsNoStream() throws Exception {
    listen(Optional.empty(), "");

    origin.next().answer("200 OK", "text/html", "<p>hello");

    assertEquals("the server did not answer with an event stream but with text/html", failure());
  }

  @Test
  void waitsLongerWhileNobodyAnswers() throws Exception {
    // Given
    listen(Optional.empty(), "");
    Exchange first = origin.next();

    // When
    origin.close();
    first.stream().chunk("retry: 20\n\n").end();

    // Then
    Awaitility.await().until(() -> seen.size() >= 6);
    long shortest = Long.parseLong(seen.get(1).split(" ")[1]);
    long longest = Long.parseLong(seen.get(5).split(" ")[1]);
    assertTrue(longest > 4 * shortest, seen.toString());
  }

  private String failure() {
    try {
      running.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
      return "none";
    } catch (CompletionException e) {
      return e.getCause() instanceof Failure failure ? failure.getMessage() : e.toString();
    }
  }

  /** What was told, in short. */
  private final class Notes implements StreamListener {

    @Override
    public void opened(Instant at) {}

    @Override
    public void event(ServerSentEvent event, Instant arrival) {
      seen.add(event.type() + " " + event.lastEventId() + " " + event.data());
    }

    @Override
    public void comment(String text, Instant arrival) {
      seen.add("comment " + text);
    }

    @Override
    public void reconnecting(String why, Duration wait, String lastEventId) {
      seen.add("wait " + wait.toMillis() + " " + lastEventId);
    }
  }
}
