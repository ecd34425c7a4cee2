package io.millrace.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo page kills the very replica that serves it; another serves it then. */
@Timeout(90)
class KillIT {

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path directory;

  /** Opens the stream of a view of the page; returns who serves it, by its process id. */
  private String serving(String gateway, String view) throws Exception {
    HttpRequest stream =
        HttpRequest.newBuilder(URI.create(gateway + "/api/ai/e?view=" + view)).build();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                http.send(stream, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> line.startsWith("data: "))
          .map(line -> line.substring(6))
          .findFirst()
          .orElse("");
    }
  }

  private HttpResponse<String> kill(String gateway, String view) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway + "/demo/kill"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"view\":\"" + view + "\"}"))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void killsTheReplicaThatServesAViewAndSendsItToAnother() throws Exception {
    try (RunningUp up = RunningUp.start(directory, Map.of(), "--port=0", "--kafka-port=0")) {
      // Given
      String gateway = up.next().getString("gateway");
      serving(gateway, "other");
      String pid = serving(gateway, "mine");

      // When
      HttpResponse<String> answer = kill(gateway, "mine");

      // Then
      JsonObject ended = up.next();
      assertEquals("ended", ended.getString("change"));
      assertEquals(pid, ended.getLong("pid").toString());
      assertEquals(200, answer.statusCode(), answer.body());
      assertNotEquals(pid, serving(gateway, "mine"));
    }
  }
}
