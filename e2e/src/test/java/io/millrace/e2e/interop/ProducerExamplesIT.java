package io.millrace.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.e2e.Loopback;
import io.millrace.e2e.Requires;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TestIssuer;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
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

/**
 * What {@code docs/producing.md} shows publishes a run that a subscriber gets whole and in order.
 */
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
    Workspace example = example("java");

    assertPublishesARun("java", example, java, "-cp", libraries, "PublishRun.java");
  }

  @Test
  void inQuarkusWithLangChain4j() throws Exception {
    // Given
    String mvn = Requires.program("mvn").toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Workspace example =
        Workspace.copyOfTree("docs/examples/producing/quarkus", folder.resolve("quarkus"));
    example.run(Map.of(), mvn, "--batch-mode", "--no-transfer-progress", "package");
    try (SseReader stream = open("quarkus");
        ScriptedModel model = ScriptedModel.saying("Hello ", "world")) {

      // When
      Map<String, String> settings =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "OPENAI_BASE_URL", model.url());
      String app = "target/quarkus-app/quarkus-run.jar";
      example.run(settings, java, "-jar", app, "quarkus", "Greet the world");

      // Then
      assertRun(stream);
      assertThat(model.asked()).contains("Greet the world").contains("\"stream\":true");
    }
  }

  @Test
  void inPython() throws Exception {
    String python = Requires.program("python3").toString();
    Workspace example = example("python");
    example.run(Map.of(), python, "-m", "venv", "env");
    example.run(Map.of(), "env/bin/pip", "install", "--quiet", "-r", "requirements.txt");

    assertPublishesARun("python", example, "env/bin/python", "publish_run.py");
  }

  @Test
  void inNode() throws Exception {
    String npm = Requires.program("npm").toString();
    Workspace example = example("node");
    example.run(Map.of(), npm, "ci", "--silent");

    assertPublishesARun("node", example, "node_modules/.bin/node", "publish-run.mjs");
  }

  @Test
  void inGo() throws Exception {
    String go = Requires.program("go").toString();
    Workspace example = example("go");
    example.run(Map.of(), go, "build", "-o", "publish-run", ".");

    assertPublishesARun("go", example, "./publish-run");
  }

  @Test
  void overHttpWithCurl() throws Exception {
    // Given
    Requires.program("curl");
    Workspace example = example("curl");
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

  private static void assertPublishesARun(String conversation, Workspace example, String... command)
      throws Exception {
    try (SseReader stream = open(conversation)) {
      String[] call = java.util.Arrays.copyOf(command, command.length + 2);
      call[command.length] = kafka.bootstrapServers();
      call[command.length + 1] = conversation;
      example.run(Map.of(), call);
      assertRun(stream);
    }
  }

  private static Workspace example(String language) throws IOException {
    return Workspace.copyOf("docs/examples/producing/" + language, folder.resolve(language));
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
