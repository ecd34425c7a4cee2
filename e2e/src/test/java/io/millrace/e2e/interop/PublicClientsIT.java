package io.millrace.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TestIssuer;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Clients that nobody here wrote read a run, are broken off in the middle of it, and have the whole
 * text in the end.
 */
class PublicClientsIT {

  private static final int TOKENS = 300;
  private static final int RATE = 300;

  /** Slow enough to come in the middle. */
  private static final int RATE_OF_A_MODEL = 40;

  /** So many events are a part of the run. */
  private static final int BEGUN = 30;

  /** About a third of the run. */
  private static final long CUT_AFTER_BYTES = 15_000;

  private static final String SOURCES = "e2e/src/test/clients/";

  static final List<PublicClient> CLIENTS = PublicClient.ALL;

  /** Those that ask for a run that goes on already. */
  static final List<PublicClient> JOINING =
      CLIENTS.stream()
          .filter(client -> List.of("@tanstack/ai-client", "ai").contains(client.name()))
          .toList();

  @TempDir static Path folder;
  private static final Map<String, Workspace> INSTALLED = new HashMap<>();
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

  @ParameterizedTest
  @FieldSource("CLIENTS")
  void hasTheWholeTextAlsoWhenItIsBrokenOff(PublicClient client) throws Exception {
    // Given
    Workspace workspace = installed(client.language());
    boolean resumes = client.resume() != PublicClient.Resume.NONE;
    String conversation = client.name().replaceAll("[^a-z]", "-");
    try (CuttingRelay relay =
        new CuttingRelay(service.port(), resumes ? CUT_AFTER_BYTES : Long.MAX_VALUE)) {
      Future<String> reading = started(client, workspace, conversation, relay.port());
      await("the stream")
          .atMost(Duration.ofSeconds(60))
          .failFast("it ended before its stream began", reading::isDone)
          .until(() -> streams() == 1);

      // When
      String published = agentRun(conversation, RATE);

      // Then
      String text = reading.get(60, TimeUnit.SECONDS);
      assertThat(published).as("of %s", text).contains("crc32 " + checksum(text));
      assertThat(relay.connections() > 1).as("it came back").isEqualTo(resumes);
    }
    await("the end of the stream").atMost(Duration.ofSeconds(60)).until(() -> streams() == 0);
  }

  @ParameterizedTest
  @FieldSource("JOINING")
  void hasTheWholeTextWhenItComesLate(PublicClient client) throws Exception {
    // Given
    Workspace workspace = installed(client.language());
    String conversation = "late-" + client.name().replaceAll("[^a-z]", "-");
    Future<String> publishing = inBackground(() -> agentRun(conversation, RATE_OF_A_MODEL));
    try (SseReader first =
        SseReader.open(
            streamOf(conversation, service.port()),
            "Authorization",
            issuer.bearer("alice", conversation))) {
      first.awaitEvents(BEGUN);

      // When
      Future<String> reading = started(client, workspace, conversation, service.port());

      // Then
      String text = reading.get(60, TimeUnit.SECONDS);
      assertThat(publishing.get(60, TimeUnit.SECONDS))
          .as("of %s", text)
          .contains("crc32 " + checksum(text));
    }
    await("the end of the streams").atMost(Duration.ofSeconds(60)).until(() -> streams() == 0);
  }

  private static URI streamOf(String conversation, int port) {
    return Loopback.http(port, "/api/ai/events?conversationId=" + conversation);
  }

  private static Future<String> started(
      PublicClient client, Workspace workspace, String conversation, int port) throws IOException {
    String stream = streamOf(conversation, port).toString();
    String token = issuer.bearer("alice", conversation).substring("Bearer ".length());
    if (client.language().equals("java")) {
      return inBackground(() -> JavaClients.read(client.name(), stream, token));
    }
    Map<String, String> environment =
        Map.of("STREAM", stream, "TOKEN", token, "RUN", runOf(conversation));
    Workspace.Running running =
        new Workspace.Running(workspace, environment, client.command().toArray(String[]::new));
    return inBackground(running::awaitOutput);
  }

  private static Future<String> inBackground(Callable<String> reading) {
    FutureTask<String> task = new FutureTask<>(reading);
    Thread thread = new Thread(task, "client");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Publishes a run, and returns what the agent says of it. */
  private static String agentRun(String conversation, int rate) throws Exception {
    Path jar = Requires.file(Repository.path("cli/target/millrace-cli.jar"), "packaged cli");
    return new Workspace(folder)
        .run(
            Map.of(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString(),
            "agent",
            "--bootstrap=" + kafka.bootstrapServers(),
            "--conversation=" + conversation,
            "--run=" + runOf(conversation),
            "--tokens=" + TOKENS,
            "--rate=" + rate);
  }

  private static String runOf(String conversation) {
    return conversation + "-run";
  }

  private static String checksum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(sum.getValue());
  }

  private static int streams() throws Exception {
    return service
        .metrics()
        .lines()
        .filter(line -> line.startsWith("millrace_subscribers"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Each language is installed once. */
  private static Workspace installed(String language) throws Exception {
    Workspace known = INSTALLED.get(language);
    if (known != null || language.equals("java")) {
      return known == null ? new Workspace(folder) : known;
    }
    Workspace workspace = Workspace.copyOf(SOURCES + language, folder.resolve(language));
    switch (language) {
      case "node" -> workspace.run(Map.of(), Requires.program("npm").toString(), "ci", "--silent");
      case "python" -> {
        workspace.run(Map.of(), Requires.program("python3").toString(), "-m", "venv", "env");
        workspace.run(Map.of(), "env/bin/pip", "install", "--quiet", "-r", "requirements.txt");
      }
      default ->
          workspace.run(Map.of(), Requires.program("go").toString(), "build", "-o", "clients", ".");
    }
    INSTALLED.put(language, workspace);
    return workspace;
  }
}
