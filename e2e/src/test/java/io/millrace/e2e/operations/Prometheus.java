package io.millrace.e2e.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.e2e.Loopback;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that scrapes each second and has the alerts; it ends with the test. */
final class Prometheus implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final int port;

  private Prometheus(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * @param target host and port of what is scraped
   */
  static Prometheus start(Path folder, Path rules, String target) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: notifications
            metrics_path: /q/metrics
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(rules, target));
    int port = Loopback.freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                Requires.program("prometheus").toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + Loopback.HOST + ":" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Prometheus started = new Prometheus(process, log, port);
    await("Prometheus")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(started::said).isTrue())
        .until(() -> Loopback.accepts(port));
    return started;
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all that was scraped so far. */
  Set<String> names() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    get("/api/v1/label/__name__/values").path("data").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What a query gives now; fails when Prometheus does not understand it. */
  JsonNode query(String query) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonNode answer = get("/api/v1/query?query=" + encoded);
    assertThat(answer.path("status").asText()).as(query + ": " + answer).isEqualTo("success");
    return answer.path("data").path("result");
  }

  /** The rules as it holds them, with how their last evaluation went. */
  JsonNode rules() throws IOException, InterruptedException {
    return get("/api/v1/rules").path("data").findPath("rules");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = Loopback.http(port, path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    String body = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
