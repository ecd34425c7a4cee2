package io.millrace.testing.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.HostileRequests;
import io.millrace.testing.HostileRequests.Hostile;
import io.millrace.testing.LogCapture;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests made of hostile pieces: each that is HTTP gets a defined answer, and the
 * service is afterwards what it was before. A build always sends the same ones; {@code
 * -Dfuzz.seed=} sends others.
 */
public abstract class HostileRequestContract extends StreamTest {

  private static final int REQUESTS = 3_000;

  /** One that made Vert.x complain of a client that had hung up. */
  private static final long SEED = -7391883726118942924L;

  /** Far above any answer, for machines that do much else. */
  private static final int PATIENCE_MS = 30_000;

  /** Vert.x repeats the protocol a request names, even one that there is not. */
  private static final Pattern STATUS_LINE =
      Pattern.compile("[^\r\n]+/\\d\\.\\d (\\d{3}) [ -~]*\r\n");

  private static final Set<Integer> DEFINED =
      Set.of(200, 202, 400, 401, 403, 404, 405, 413, 414, 415, 431, 501, 505);

  protected HostileRequestContract(Surface surface) {
    super(surface);
  }

  @Test
  void areAnsweredInADefinedWayAndHarmNothing() throws IOException {
    // Given
    long seed = Long.getLong("fuzz.seed", SEED);
    System.out.println("fuzz.seed=" + seed);
    SseClient witness = open(narrowRequestOf(bob));
    publish(bob, "\"before\"");
    String cursor = witness.awaitFrame().id();
    HostileRequests requests =
        new HostileRequests(
            seed, surface, surface.token(alice).groups("publisher").signed(), cursor);

    // When
    try (LogCapture log = new LogCapture()) {
      for (int n = 0; n < REQUESTS; n++) {
        Hostile request = requests.next();
        assertDefined(request, answer(request), "seed " + seed + ", request " + n);
      }
      // Then
      assertHarmless(log.containing(""), "seed " + seed);
    }
    publish(bob, "\"after\"");
    assertEquals(List.of("\"before\"", "\"after\""), witness.awaitData(2));
    assertEquals(0, management().meter("millrace_fences_total"));
    assertTrue(management().isReady());
    assertTrue(management().isLive());
    awaitStreams(1);
  }

  @Test
  void withoutAHostAreRefusedAndLeaveNothingInTheLog() throws IOException {
    // Given
    String request = "GET " + surface.path() + "?access_token=secret HTTP/1.1\r\n\r\n";
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);

    try (LogCapture log = new LogCapture()) {
      // When
      String head = answer(new Hostile(bytes, true));

      // Then
      assertTrue(head.startsWith("HTTP/1.1 400 "), head);
      assertEquals(List.of(), log.containing("secret"));
    }
  }

  @Test
  void behindAStreamDoNotOutliveItsClient() {
    // Given
    String unfinished = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
    SseClient stream = open(requestOf(alice).then(unfinished));

    // When
    stream.close();

    // Then
    awaitStreams(0);
  }

  private void awaitStreams(int count) {
    await(count + " streams are open")
        .atMost(Duration.ofMillis(PATIENCE_MS))
        .untilAsserted(() -> assertEquals(count, management().meter("millrace_subscribers")));
  }

  /** The head of the answer; empty when the connection was closed without one. */
  private String answer(Hostile request) throws IOException {
    try (Socket socket = new Socket(server().getHost(), server().getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request.bytes());
      if (!request.wellFormed()) {
        // Nobody has to answer it, so nothing is waited for.
        socket.shutdownOutput();
      }
      return head(socket.getInputStream());
    } catch (java.net.SocketException closedMeanwhile) {
      return "";
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      byte[] bytes = new byte[4_096];
      int length = in.read(bytes);
      if (length < 0) {
        return head.toString();
      }
      head.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }
    return head.toString();
  }

  private static void assertDefined(Hostile request, String head, String where) {
    if (head.isEmpty() && !request.wellFormed()) {
      return;
    }
    String shown = where + ": " + new String(request.bytes(), StandardCharsets.ISO_8859_1);
    Matcher line = STATUS_LINE.matcher(head);
    assertTrue(line.lookingAt(), () -> shown + "was answered " + head);
    int status = Integer.parseInt(line.group(1));
    // A broker that is late is an answer too, on machines that do much else.
    boolean later = status == 503 && head.toLowerCase(Locale.ROOT).contains("\nretry-after:");
    assertTrue(later || DEFINED.contains(status), () -> shown + "was answered " + head);
    if (status == 200) {
      assertTrue(head.contains("text/event-stream"), () -> shown + "was answered " + head);
    }
  }

  /**
   * No stack trace, and nothing that came from a request and steers a terminal or forges a line.
   */
  private static void assertHarmless(List<String> log, String where) {
    log.stream()
        // Kafka's clients print their settings line by line.
        .filter(message -> !message.contains("Config values:"))
        // Vert.x, of a connection that closes while a request waits behind a response.
        .filter(message -> !message.contains("Http1xServerResponse.ended()"))
        .forEach(
            message ->
                assertTrue(
                    message.chars().noneMatch(Character::isISOControl),
                    () -> where + " logged: " + message));
  }
}
