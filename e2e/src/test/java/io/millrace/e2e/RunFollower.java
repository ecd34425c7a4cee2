package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that shows the text of a run, over as many connections as it takes. */
final class RunFollower implements AutoCloseable {

  /** Not a latency budget: a whole run may have to be read again. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String bearer;
  private final String path;
  private final List<SseReader.Event> before = new ArrayList<>();
  private SseReader stream;

  /**
   * Opens its first stream.
   *
   * @param path with its query
   */
  RunFollower(ServiceProcess replica, String path, String bearer) {
    this.bearer = bearer;
    this.path = path;
    this.stream = SseReader.open(replica.uri(path), "Authorization", bearer);
  }

  /** Once its connection is cut, it comes back to that replica with the last id it has. */
  void comeBackTo(ServiceProcess replica) {
    stream.awaitEnding();
    hopTo(replica);
  }

  /** Leaves its connection, and goes on at that replica with the last id it has. */
  void hopTo(ServiceProcess replica) {
    stream.close();
    before.addAll(stream.events());
    String last = before.get(before.size() - 1).id();
    URI uri = replica.uri(path);
    stream = SseReader.open(uri, "Authorization", bearer, "Last-Event-ID", last);
  }

  void awaitSomeText() {
    await().atMost(PATIENCE).until(() -> text().length() > 500);
  }

  /** The text so far. */
  String text() {
    return events().map(RunFollower::delta).collect(Collectors.joining());
  }

  /** All events so far. */
  Stream<SseReader.Event> events() {
    return Stream.concat(before.stream(), stream.events().stream());
  }

  private static String delta(SseReader.Event event) {
    return new JsonObject(event.data()).getString("delta", "");
  }

  void assertShows(String expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(text().length()).isGreaterThanOrEqualTo(expected.length()));
    assertThat(text()).isEqualTo(expected);
  }

  @Override
  public void close() {
    stream.close();
  }
}
