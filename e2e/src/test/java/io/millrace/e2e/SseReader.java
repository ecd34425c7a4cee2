package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * One open stream: records every line and every complete event with the instant it arrived. Reads
 * on a thread of its own, so that a test can look at what has come while the stream goes on.
 */
public final class SseReader implements AutoCloseable {

  /** Not a latency budget: what arrives at all arrives long before, on any machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How the response ended: by its own last chunk, or broken off. */
  public enum Ending {
    COMPLETE,
    CUT
  }

  public record Line(String text, Instant arrival) {}

  /** An event counts as arrived when the empty line after it has come. */
  public record Event(String id, String data, Instant arrival) {}

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * One that does not promise more than it has: whoever believed it would wait for a full buffer.
   */
  private static final class LiveGzip extends GZIPInputStream {

    LiveGzip(InputStream compressed) throws IOException {
      super(compressed);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<HttpResponse<InputStream>> response;
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();

  private SseReader(HttpClient client, HttpRequest request) {
    response = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    Thread thread = new Thread(this::read, "sse-reader");
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends the request and returns at once: a proxy may hold back even the headers. */
  public static SseReader open(URI uri, String... headers) {
    return open(CLIENT, uri, headers);
  }

  /** As above, by a client that speaks another version or trusts another certificate. */
  public static SseReader open(HttpClient client, URI uri, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new SseReader(client, request.build());
  }

  private void read() {
    String id = "";
    String data = "";
    try (BufferedReader reader = reader(response.join())) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Instant now = Instant.now();
        lines.add(new Line(text, now));
        if (text.startsWith("id: ")) {
          id = text.substring(4);
        } else if (text.startsWith("data: ")) {
          data = text.substring(6);
        } else if (text.isEmpty() && !id.isEmpty()) {
          events.add(new Event(id, data, now));
          id = "";
        }
      }
      ending.complete(Ending.COMPLETE);
    } catch (IOException | RuntimeException e) {
      ending.complete(Ending.CUT);
    }
  }

  private static BufferedReader reader(HttpResponse<InputStream> response) throws IOException {
    boolean gzip =
        response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    InputStream body = gzip ? new LiveGzip(response.body()) : response.body();
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Waits for the headers. */
  public HttpResponse<InputStream> response() {
    await("response headers").atMost(PATIENCE).until(response::isDone);
    return response.join();
  }

  public boolean hasHeaders() {
    return response.isDone();
  }

  public List<Line> lines() {
    return lines;
  }

  public List<Event> events() {
    return events;
  }

  public List<String> eventIds() {
    return events.stream().map(Event::id).toList();
  }

  public void awaitLine(String prefix) {
    await("line " + prefix)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.text().startsWith(prefix)));
  }

  public void awaitEvents(int count) {
    await("event " + count)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(events).hasSizeGreaterThanOrEqualTo(count));
  }

  public boolean isOpen() {
    return !ending.isDone();
  }

  public Ending awaitEnding() {
    await("end of the stream").atMost(PATIENCE).until(ending::isDone);
    return ending.join();
  }

  /** Goes away without a word, as a closed browser tab does. */
  public void leave() {
    response.cancel(true);
    if (response.isDone() && !response.isCompletedExceptionally()) {
      try {
        response.join().body().close();
      } catch (IOException alreadyGone) {
        // Closing is all that was wanted.
      }
    }
  }

  @Override
  public void close() {
    leave();
  }
}
