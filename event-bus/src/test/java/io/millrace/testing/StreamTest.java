package io.millrace.testing;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of a running service: a person of its own for each test, requests, records. */
public abstract class StreamTest {

  @TestHTTPResource("/")
  URI server;

  @TestHTTPResource(value = "/", management = true)
  URI managementServer;

  protected final Surface surface;

  /** A person no other test knows. */
  protected final String alice = "alice-" + UUID.randomUUID();

  protected final String bob = "bob-" + UUID.randomUUID();

  private final List<AutoCloseable> opened = new ArrayList<>();

  protected StreamTest(Surface surface) {
    this.surface = surface;
  }

  @BeforeEach
  final void awaitReadiness() {
    if (startsReady()) {
      awaitReady();
    }
  }

  protected final void awaitReady() {
    await("readiness")
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .until(management()::isReady);
  }

  /** Whether the service is ready before each test without its doing. */
  protected boolean startsReady() {
    return true;
  }

  protected final URI server() {
    return server;
  }

  protected final Management management() {
    return new Management(managementServer);
  }

  /** A request for the surface, without a token. */
  protected final SseRequest request() {
    return SseRequest.to(server, surface.path());
  }

  /** A request for the probe of the surface, without a token. */
  protected final SseRequest probe(String query) {
    return SseRequest.to(server, surface.path() + "/probe").rawQuery(query);
  }

  /** A request of the person who sees records with {@code surface.key(person)}. */
  protected final SseRequest requestOf(String person) {
    return request().bearer(surface.token(person));
  }

  /** As {@link #requestOf}, but for those records alone, not what other tests write to all. */
  protected final SseRequest narrowRequestOf(String person) {
    return requestOf(person).rawQuery(surface.narrowing(person));
  }

  /** Sends a request; its connection is closed after the test. */
  protected final SseClient send(SseRequest request) {
    SseClient client = request.send();
    opened.add(client);
    return client;
  }

  /** Sends a request and waits until its stream is open. */
  protected final SseClient open(SseRequest request) {
    return send(request).awaitReady();
  }

  protected final SseClient openAs(String person) {
    return open(requestOf(person));
  }

  /** Records for the topic of the surface. */
  protected final TopicWriter topic() {
    return KafkaResource.writer(surface.topic());
  }

  /** Writes a record that this person sees. */
  protected final void publish(String person, String value) {
    topic().write(surface.key(person), value);
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }
}
