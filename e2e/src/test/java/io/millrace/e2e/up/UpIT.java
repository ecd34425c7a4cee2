package io.millrace.e2e.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The five-minute tour, with the real services. */
@Timeout(300)
class UpIT {

  @TempDir static Path state;
  @TempDir static Path data;
  private static RunningMillrace millrace;

  @BeforeAll
  static void startMillrace() throws IOException {
    millrace = RunningMillrace.start(state, "--data=" + data);
  }

  @AfterAll
  static void stopMillrace() {
    millrace.close();
  }

  private static String token() throws Exception {
    return millrace.run(
        "token", "--sub=alice", "--tenant=acme", "--group=admins", "--conversation=c1");
  }

  private static Listening listen(String... more) throws Exception {
    String[] args = new String[more.length + 3];
    args[0] = "listen";
    args[1] = "--url=" + millrace.gateway();
    args[2] = "--token=" + token();
    System.arraycopy(more, 0, args, 3, more.length);
    return new Listening(millrace.start(args));
  }

  private static void publish(String... args) throws Exception {
    String[] all = new String[args.length + 2];
    all[0] = "publish";
    all[1] = "--bootstrap=" + millrace.kafka();
    System.arraycopy(args, 0, all, 2, args.length);
    String printed = millrace.run(all);
    assertTrue(printed.matches(args[0] + " partition \\d+ offset \\d+"), printed);
  }

  @Test
  void bringsANotificationFromThePublisherToTheListener() throws Exception {
    try (Listening alice = listen("notifications")) {
      publish("notifications", "user:alice", "{\"title\":\"shipped\"}", "--type=order.shipped");

      String line = alice.lineWith("shipped");

      assertTrue(line.contains("order.shipped"), line);
      assertTrue(line.endsWith("{\"title\":\"shipped\"}"), line);
    }
  }

  @Test
  void bringsAnAiEventToWhomTheConversationWasGranted() throws Exception {
    try (Listening alice = listen("ai", "--conversation=c1")) {
      publish("ai-events", "c1", "{\"type\":\"CUSTOM\",\"name\":\"hello\"}");

      alice.lineWith("\"hello\"");
    }
  }

  @Test
  void takesALineOfKcat() throws Exception {
    Path kcat = Requires.program("kcat", "kafkacat");
    try (Listening alice = listen("notifications")) {
      Process producer =
          new ProcessBuilder(
                  kcat.toString(), "-P", "-b", millrace.kafka(), "-t", "notifications", "-K", "|")
              .start();
      producer.getOutputStream().write("user:alice|{\"n\":1}\n".getBytes(StandardCharsets.UTF_8));
      producer.getOutputStream().close();

      alice.lineWith("{\"n\":1}");

      assertEquals(0, producer.waitFor());
    }
  }

  @Test
  void trustsNoOtherKey(@TempDir Path otherState) throws Exception {
    String token = RunningMillrace.run(otherState, "token", "--sub=alice");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(millrace.gateway() + "/api/notifications"))
            .header("Authorization", "Bearer " + token)
            .build();

    int status = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();

    assertEquals(401, status);
  }

  @Test
  void keepsCursorsValidOverARestart() throws Exception {
    // Given
    String cursor;
    try (Listening alice = listen("notifications")) {
      publish("notifications", "user:alice", "{\"step\":\"seen\"}");
      cursor = alice.lineWith("\"seen\"").replaceFirst(".*  message  (\\S+)  .*", "$1");
    }
    publish("notifications", "user:alice", "{\"step\":\"missed\"}");

    // When
    millrace.terminate();
    millrace = RunningMillrace.start(state, "--data=" + data);

    // Then
    try (Listening alice = listen("notifications", "--last-event-id=" + cursor)) {
      String next = alice.lineWith("1.");
      assertTrue(next.endsWith("{\"step\":\"missed\"}"), next);
      assertFalse(next.contains("stream.reset"), next);
    }
  }
}
