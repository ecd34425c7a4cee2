package io.millrace.e2e.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.e2e.Loopback;
import io.millrace.e2e.Requires;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TestIssuer;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What {@code docs/producing.md} shows publishes a run that a subscriber gets whole and in order. */
class ProducerExamplesIT {

  private static final List<String> RUN =
      List.of(
          "RUN_STARTED",
          "TEXT_MESSAGE_START",
          "TEXT_MESSAGE_CONTENT Hello ",
          "TEXT_MESSAGE_CONTENT world",
          "TEXT_MESSAGE_END",
          "RUN_FINISHED");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TestIssuer issuer;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("ai-events", 12, Map.of());
    issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    service = ServiceProcess.start("ai-events-service", folder, environment);
  }

  @AfterAll
  static void stop() {
    service.close();
    kafka.close();
  }

  @Test
  void inJavaWithKafkasOwnClient() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String libraries = jarOf(KafkaProducer.class) + ":" + jarOf(Logger.class);
    Example example = Example.in("java", folder);

    assertPublishesARun(example, java, "-cp", libraries, "PublishRun.java");
  }

  @Test
  void inPython() throws Exception {
    String python = Requires.program("python3").toString();
    Example example = Example.in("python", folder);
    example.run(Map.of(), python, "-m", "venv", "env");
    example.run(Map.of(), "env/bin/pip", "install", "--quiet", "-r", "requirements.txt");

    assertPublishesARun(example, "env/bin/python", "publish_run.py");
  }

  @Test
  void inNode() throws Exception {
    String npm = Requires.program("npm").toString();
    Example example = Example.in("node", folder);
    example.run(Map.of(), npm, "ci", "--silent");

    assertPublishesARun(example, "node_modules/.bin/node", "publish-run.mjs");
  }

  @Test
  void inGo() throws Exception {
    String go = Requires.program("go").toString();
    Example example = Example.in("go", folder);
    example.run(Map.of(), go, "build", "-o", "publish-run", ".");

    assertPublishesARun(example, "./publish-run");
  }

  @Test
  void overHttpWithCurl() throws Exception {
    // Given
    Requires.program("curl");
    Example example = Example.in("curl", folder);
    String token =
        issuer.bearer("agent", "acme", List.of("publisher")).substring("Bearer ".length());
    try (SseReader stream = open("curl")) {

      // When
      String url = Loopback.http(service.port(), "").toString();
      example.run(Map.of("TOKEN", token), "./publish-run.sh", url, "curl");

      // Then
      assertRun(stream);
    }
  }

  private static void assertPublishesARun(Example example, String... command) throws Exception {
    try (SseReader stream = open(example.name())) {
      String[] call = java.util.Arrays.copyOf(command, command.length + 2);
      call[command.length] = kafka.bootstrapServers();
      call[command.length + 1] = example.name();
      example.run(Map.of(), call);
      assertRun(stream);
    }
  }

  private static SseReader open(String conversation) {
    SseReader stream =
        SseReader.open(
            Loopback.http(service.port(), "/api/ai/events?conversationId=" + conversation),
            "Authorization",
            issuer.bearer("alice", conversation));
    stream.awaitLine(": ready");
    return stream;
  }

  private static void assertRun(SseReader stream) {
    stream.awaitEvents(RUN.size());
    assertThat(stream.events()).extracting(event -> gist(event.data())).isEqualTo(RUN);
  }

  private static String gist(String data) {
    try {
      JsonNode event = JSON.readTree(data);
      return (event.path("type").asText() + " " + event.path("delta").asText())
          .stripLeading()
          .replaceFirst("^(\\S+) $", "$1");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
