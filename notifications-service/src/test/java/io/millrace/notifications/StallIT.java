package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that nobody reads, or that has nothing to say, does not stay for ever. */
@QuarkusTest
@TestProfile(ImpatientProfile.class)
class StallIT extends StreamTest {

  private static final String CLOSED = "millrace_streams_closed_total";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String BIG = "\"" + "x".repeat(60_000) + "\"";

  StallIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** Those of the test before have left. */
  @BeforeEach
  void awaitNobody() {
    await().atMost(LONG).until(() -> management().meter("millrace_subscribers") == 0);
  }

  private void publishMuch() {
    for (int i = 0; i < 16; i++) {
      publish(alice, BIG);
    }
  }

  private void awaitSubscribers(int count) {
    await().atMost(LONG).until(() -> management().meter("millrace_subscribers") == count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
  void endsAStreamThatNobodyReads(String version) {
    double slow = management().meter(CLOSED, "slow");
    try (SseClient stalled = requestOf(alice).version(version).sendStalled()) {
      // Given
      awaitSubscribers(1);

      // When
      publishMuch();

      // Then
      await().atMost(LONG).until(() -> management().meter(CLOSED, "slow") == slow + 1);
      awaitSubscribers(0);
      stalled.resume();
      stalled.awaitClosed();
    }
  }

  @Test
  void endsOneOfManyStreamsOfAConnectionWithoutTheOthers() throws Exception {
    // Given: the stalled client's own window is full long before the connection's
    double slow = management().meter(CLOSED, "slow");
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Throwable> cut = new CompletableFuture<>();
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2ConnectionWindowSize(1 << 20);
    HttpClient client = vertx.createHttpClient(options);
    HttpClientResponse stalled = open(client, alice);
    stalled.pause().exceptionHandler(cut::complete);
    StringBuffer heard = new StringBuffer();
    open(client, bob).handler(bytes -> heard.append(bytes.toString()));
    awaitSubscribers(2);

    // When
    publishMuch();
    keepBusy(bob, () -> management().meter(CLOSED, "slow") == slow + 1);

    // Then
    keepBusy(bob, cut::isDone);
    assertTrue(cut.get() instanceof StreamResetException, cut.get().toString());
    publish(bob, "\"after\"");
    await().atMost(LONG).until(() -> heard.toString().contains("\"after\""));
    vertx.close();
  }

  private HttpClientResponse open(HttpClient client, String person) throws Exception {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(server().resolve(surface.path()).toString())
            .putHeader("Authorization", "Bearer " + surface.token(person).signed());
    return client
        .request(request)
        .compose(sent -> sent.send())
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  /** Gives one person events until something else has happened. */
  private void keepBusy(String person, Callable<Boolean> until) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              publish(person, "\"busy\"");
              return until.call();
            });
  }

  @Test
  void endsAStreamWithoutEventsWhateverTheOthersGet() {
    // Given
    double idle = management().meter(CLOSED, "idle");
    SseClient silent = openAs(alice);
    SseClient busy = openAs(bob);

    // When
    keepBusy(bob, () -> management().meter(CLOSED, "idle") == idle + 1);

    // Then
    SseFrame goodbye = silent.awaitClosed().frames().get(0);
    assertEquals("stream.reconnect", goodbye.event());
    assertTrue(goodbye.data().startsWith("{\"reason\":\"idle\""), goodbye.data());
    assertTrue(busy.isOpen());
  }

  @Test
  void holdsLittleOfAClientThatReadsNothingInTheKernel() {
    // Given
    int clients = 20;
    List<SseClient> stalled = new ArrayList<>();
    for (int n = 0; n < clients; n++) {
      stalled.add(narrowRequestOf(alice + n).sendStalled());
    }
    awaitSubscribers(clients);

    // When
    for (int n = 0; n < clients * 8; n++) {
      publish(alice + n % clients, BIG);
    }

    // Then: the kernel doubles what it is told, and takes one write beyond it
    await().atMost(LONG).until(() -> sendQueues().filter(bytes -> bytes > 0).count() == clients);
    assertTrue(
        sendQueues().allMatch(bytes -> bytes <= 2 * ImpatientProfile.SEND_BUFFER + BIG.length()),
        () -> sendQueues().toList().toString());
    for (SseClient client : stalled) {
      client.close();
    }
  }

  /** Bytes in the send queue of each connection of the service, as the kernel tells. */
  private Stream<Long> sendQueues() {
    String port = String.format(":%04X", server().getPort());
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(StallIT::lines)
        .map(line -> line.trim().split("\\s+"))
        .filter(field -> field[1].endsWith(port) && field[3].equals("01"))
        .map(field -> Long.parseLong(field[4].split(":")[0], 16));
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
