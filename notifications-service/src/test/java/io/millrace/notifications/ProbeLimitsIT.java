package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examining a replica takes little of it, and never for long. */
@QuarkusTest
@TestProfile(FewProbesProfile.class)
class ProbeLimitsIT extends StreamTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String HOLD = "phase=hold&seconds=60&run=r";
  private static final String MUCH = "phase=bytes&bytes=16777216&run=r";

  ProbeLimitsIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** Those of the test before have left. */
  @BeforeEach
  void awaitNobody() {
    await()
        .atMost(LONG)
        .until(
            () ->
                management().meter("millrace_probes") == 0
                    && management().meter("millrace_subscribers") == 0);
  }

  private SseRequest probeAs(String person, String query) {
    return probe(query).bearer(surface.token(person));
  }

  private SseClient hold(String person) {
    SseClient client = send(probeAs(person, HOLD));
    client.awaitFrame();
    return client;
  }

  private static void assertTooMany(SseClient answer) {
    JsonObject problem = new JsonObject(answer.awaitEnd());
    assertEquals(429, answer.status());
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals("5", answer.header("Retry-After"));
    assertEquals(429, problem.getInteger("status"));
  }

  private double rejections(String reason) {
    return management().meter("millrace_rejections_total", "\"" + reason + "\"");
  }

  private double slow() {
    return management().meter("millrace_probes_ended_total", "slow");
  }

  private String ending(String person) {
    JsonObject report = new JsonObject(send(probeAs(person, "phase=report&run=r")).awaitEnd());
    return report.getJsonArray("requests").getJsonObject(0).getString("ended");
  }

  @Test
  void aCallerHasFewUntilOneEnds() {
    // Given
    SseClient first = hold(alice);
    hold(alice);
    double before = rejections("probe-max-per-caller");

    // When
    SseClient beyond = send(probeAs(alice, HOLD));

    // Then
    assertTooMany(beyond);
    assertEquals(before + 1, rejections("probe-max-per-caller"));
    assertEquals("open", ending(alice));
    hold(bob);
    first.close();
    await()
        .atMost(LONG)
        .until(
            () -> {
              try (SseClient next = probeAs(alice, "phase=bytes&bytes=1&run=r").send()) {
                return next.status() == 200;
              }
            });
  }

  @Test
  void aReplicaHasFewUntilOneEnds() {
    // Given
    for (int n = 0; n < FewProbesProfile.PROBES; n++) {
      hold(alice + n);
    }
    double before = rejections("probe-max-streams");

    // When
    SseClient beyond = send(probeAs(bob, HOLD));

    // Then
    assertTooMany(beyond);
    assertEquals(before + 1, rejections("probe-max-streams"));
  }

  @Test
  void streamsAndProbesDoNotCountAgainstEachOther() {
    // Given
    SseClient stream = openAs(alice);

    // When
    for (int n = 0; n < FewProbesProfile.PROBES; n++) {
      hold(alice + n);
    }

    // Then
    stream.close();
    await().atMost(LONG).until(() -> management().meter("millrace_subscribers") == 0);
    openAs(bob);
  }

  @Test
  void refusalsAreNotCounted() {
    // When
    for (int round = 0; round < 2 * FewProbesProfile.PROBES; round++) {
      assertEquals(401, send(probe(HOLD)).status());
      assertEquals(401, send(probe(HOLD).bearer("no token")).status());
      assertEquals(400, send(probeAs(alice, "phase=hold")).status());
      assertEquals(200, send(probeAs(alice, "phase=report&run=r")).status());
    }

    // Then
    assertEquals(0, management().meter("millrace_probes"));
    hold(alice);
    hold(alice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
  void cutsAClientThatReadsNothing(String version) {
    double before = slow();
    try (SseClient stalled = probeAs(alice, MUCH).version(version).sendStalled()) {
      // Given
      await().atMost(LONG).until(() -> management().meter("millrace_probes") == 1);

      // When
      await().atMost(LONG).until(() -> slow() == before + 1);

      // Then
      assertEquals("slow", ending(alice));
      stalled.resume();
      stalled.awaitClosed();
      assertTrue(stalled.body().length() < 16_777_216);
    }
  }

  @Test
  void cutsOneOfManyStreamsOfAConnectionThatReadsNothing() throws Exception {
    // Given
    double before = slow();
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Throwable> cut = new CompletableFuture<>();
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2ConnectionWindowSize(1 << 20);
    HttpClient client = vertx.createHttpClient(options);

    // When
    get(client, MUCH).pause().exceptionHandler(cut::complete);

    // Then
    await().atMost(LONG).until(cut::isDone);
    assertTrue(cut.get() instanceof StreamResetException, cut.get().toString());
    assertEquals(before + 1, slow());
    assertEquals(200, get(client, "phase=bytes&bytes=1&run=r").statusCode());
    vertx.close();
  }

  private HttpClientResponse get(HttpClient client, String query) throws Exception {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(server().resolve(surface.path() + "/probe?" + query).toString())
            .putHeader("Authorization", "Bearer " + surface.token(alice).signed());
    return client
        .request(request)
        .compose(sent -> sent.send())
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }
}
