package io.millrace.cli.listen;

import io.millrace.cli.runtime.Backoff;
import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Listens to a stream and reconnects by the rules of HTML's {@code EventSource}.
 *
 * <p>A response that ends is followed by another attempt after the reconnection time, with the last
 * id; 204 ends it; any status but 200, or another content type, is final. While no connection can
 * be made the wait doubles, which the standard allows. For one thread.
 */
public final class EventSource {

  /** The standard leaves it open; browsers use 3 s (Chromium) and 5 s (Firefox). */
  private static final Duration RECONNECTION_TIME = Duration.ofSeconds(3);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** The start of an error page is enough to know what went wrong. */
  private static final int MAX_PROBLEM_BYTES = 4 << 10;

  private final URI uri;
  private final Optional<String> token;
  private final StreamListener listener;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private String lastEventId;
  private Duration reconnectionTime = RECONNECTION_TIME;
  private Backoff unreachable = new Backoff(RECONNECTION_TIME, LONGEST_WAIT);

  public EventSource(URI uri, Optional<String> token, String lastEventId, StreamListener listener) {
    this.uri = uri;
    this.token = token;
    this.lastEventId = lastEventId;
    this.listener = listener;
  }

  /**
   * Listens until the server says that nothing will follow (204).
   *
   * @throws Failure when the server refuses
   */
  public void run() throws InterruptedException {
    while (true) {
      try {
        HttpResponse<InputStream> response = http.send(request(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 204) {
          return;
        }
        requireStream(response);
        unreachable.reset();
        read(response.body());
        pause("the stream ended", reconnectionTime);
      } catch (ConnectException e) {
        pause("no connection to " + uri.getAuthority(), unreachable.next());
      } catch (IOException e) {
        pause("the stream broke (" + e.getMessage() + ")", unreachable.next());
      }
    }
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "text/event-stream")
            .header("Cache-Control", "no-store");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return request.build();
  }

  private static void requireStream(HttpResponse<InputStream> response) throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("none");
    if (response.statusCode() == 200 && type.startsWith("text/event-stream")) {
      return;
    }
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(MAX_PROBLEM_BYTES), StandardCharsets.UTF_8).strip();
      throw new Failure(
          response.statusCode() == 200
              ? "the server did not answer with an event stream but with " + type
              : "the server answered " + response.statusCode() + ": " + text);
    }
  }

  private void read(InputStream body) throws IOException {
    EventStreamParser parser = new EventStreamParser(lastEventId, new Arrivals());
    byte[] bytes = new byte[16 << 10];
    listener.opened(Instant.now());
    try (body) {
      for (int length; (length = body.read(bytes)) >= 0; ) {
        parser.feed(bytes, length);
        lastEventId = parser.lastEventId();
      }
    }
  }

  private void pause(String why, Duration wait) throws InterruptedException {
    listener.reconnecting(why, wait, lastEventId);
    Thread.sleep(wait.toMillis());
  }

  /** Adds the moment of arrival. */
  private final class Arrivals implements EventStreamParser.Listener {

    @Override
    public void event(ServerSentEvent event) {
      listener.event(event, Instant.now());
    }

    @Override
    public void comment(String text) {
      listener.comment(text, Instant.now());
    }

    @Override
    public void retry(Duration time) {
      reconnectionTime = time;
      Duration first = time.toMillis() < 1 ? Duration.ofMillis(1) : time;
      Duration longest = first.compareTo(LONGEST_WAIT) > 0 ? first : LONGEST_WAIT;
      unreachable = new Backoff(first, longest);
    }
  }
}
