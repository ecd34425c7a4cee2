package io.millrace.e2e.rollout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Publishes numbered events by {@code POST}, to the keys in turn, one at a time. What was not
 * acknowledged may or may not have been written; it is not sent again, so nothing is written twice.
 * A thread of its own.
 */
final class Feed implements AutoCloseable {

  /** One key for each way to address somebody: three places in the topic. */
  static final List<String> KEYS = List.of("all", "tenant:acme", "role:acme/crew");

  private static final long PAUSE_MILLIS = 250;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI surface;
  private final String bearer;
  private final List<BitSet> acknowledged = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "feed");
  private int inDoubt;
  private volatile boolean closed;

  Feed(URI surface, String bearer) {
    this.surface = surface;
    this.bearer = bearer;
    KEYS.forEach(key -> acknowledged.add(new BitSet()));
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      for (int turn = 0; !closed; turn++) {
        int key = turn % KEYS.size();
        note(key, turn / KEYS.size(), publish(key, turn / KEYS.size()));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean publish(int key, int number) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(surface + "?key=" + KEYS.get(key)))
            .timeout(ANSWER_LIMIT)
            .header("Authorization", bearer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("[%d,%d]".formatted(key, number)))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
    } catch (IOException unanswered) {
      return false;
    }
  }

  private synchronized void note(int key, int number, boolean written) {
    if (written) {
      acknowledged.get(key).set(number);
    } else {
      inDoubt++;
    }
  }

  /** By key, the numbers of the events that are in the topic. */
  synchronized List<BitSet> acknowledged() {
    return acknowledged.stream().map(numbers -> (BitSet) numbers.clone()).toList();
  }

  synchronized int inDoubt() {
    return inDoubt;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
