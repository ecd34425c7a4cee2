package io.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.TopicWriter;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The packaged service and clients that come back, through the limits clouds document: however
 * often a stream is cut, nothing is lost or repeated. All times are a 25th of the real ones, the
 * heartbeat and the reconnection time too; {@code -Dmillrace.imitated.scale=1} takes the real ones
 * (a quarter of an hour). The figures go to {@code target/imitated-tiers.md}.
 */
class ImitatedTiersIT {

  private static final int SCALE = Integer.getInteger("millrace.imitated.scale", 25);

  /** The service's default. */
  private static final int HEARTBEAT_SECONDS = 25;

  /** Between events: longer than some of the idle limits, so that only heartbeats reset them. */
  private static final int GAP_SECONDS = 40;

  private static final int EVENTS = 20;
  private static final String TOPIC = "notifications";
  private static final String PATH = "/api/notifications";

  static final List<ImitatedTier> UNCUT =
      List.of(
          tier("Azure Front Door: 240 s of silence", 240, 0),
          tier("Azure App Service: 230 s of silence", 230, 0),
          tier("Cloudflare: 120 s of silence", 120, 0),
          tier("Envoy without its limit in all: 300 s of silence", 300, 0));

  /** Two heartbeats fit in, or one; on a machine under load not always. */
  static final List<ImitatedTier> CLOSE =
      List.of(
          tier("AWS ALB, by default: 60 s of silence", 60, 0),
          tier("Azure Front Door, by default: 30 s of silence", 30, 0));

  static final List<ImitatedTier> CUT =
      List.of(
          tier("Envoy, by default: 15 s in all", 300, 15),
          tier("GKE Ingress, by default: 30 s in all", 0, 30),
          tier("control: 15 s of silence, less than a heartbeat", 15, 0));

  static final List<ImitatedTier> ALL = new ArrayList<>();

  static {
    ALL.addAll(UNCUT);
    ALL.addAll(CLOSE);
    ALL.addAll(CUT);
  }

  @TempDir static Path folder;
  private static final Map<ImitatedTier, ReturningClient> CLIENTS = new LinkedHashMap<>();
  private static final List<AutoCloseable> PARTS = new ArrayList<>();
  private static final List<Instant> SENT = new ArrayList<>();
  private static Path listened;

  private static ImitatedTier tier(String title, int idleSeconds, int totalSeconds) {
    return new ImitatedTier(title, idleSeconds, totalSeconds, SCALE);
  }

  @BeforeAll
  static void play() throws Exception {
    Requires.program("envoy");
    EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    PARTS.add(kafka);
    kafka.createTopic(TOPIC, 2, Map.of());
    TopicWriter topic = new TopicWriter(kafka.bootstrapServers());
    PARTS.add(topic);
    TestIssuer issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("MILLRACE_HEARTBEAT", HEARTBEAT_SECONDS * 1000 / SCALE + "ms");
    ServiceProcess service = ServiceProcess.start("notifications-service", folder, environment);
    PARTS.add(service);
    String bearer = issuer.bearer("alice", "acme", List.of());
    for (ImitatedTier tier : ALL) {
      Wiring wiring = Wiring.of(folder, Protocol.HTTP_1_1, service.port(), service.port());
      ProxyProcess proxy = ProxyProcess.start(tier, tier.defaults(), wiring);
      PARTS.add(proxy);
      CLIENTS.put(tier, new ReturningClient(id -> open(proxy, bearer, id), SCALE));
      if (tier == CUT.get(0)) {
        listen("http://" + wiring.address(), bearer.substring("Bearer ".length()));
      }
    }
    publish(topic);
    report();
  }

  private static SseReader open(ProxyProcess proxy, String bearer, String id) {
    return id.isEmpty()
        ? proxy.open(PATH, "Authorization", bearer)
        : proxy.open(PATH, "Authorization", bearer, "Last-Event-ID", id);
  }

  /** The client people have: it waits as long as the server says, not a 25th of that. */
  private static void listen(String url, String token) throws Exception {
    Path jar =
        Requires.file(Repository.path("cli/target/millrace-cli.jar"), "the packaged command");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    listened = Files.createTempFile(folder, "listen", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(java, "-jar", jar.toString(), "listen", TOPIC, "--url", url)
            .redirectErrorStream(true)
            .redirectOutput(listened.toFile());
    builder.environment().put("MILLRACE_TOKEN", token);
    Process process = builder.start();
    PARTS.add(process::destroy);
  }

  /** The first one goes on until everybody has one: without an id there is nothing to resume. */
  private static void publish(TopicWriter topic) throws Exception {
    while (!CLIENTS.values().stream().allMatch(client -> client.numbers().contains(0))
        || !Files.readString(listened).contains("  0\n")) {
      topic.publish(TOPIC, "user:alice", "0");
      Silence.forMillis(200, () -> true);
    }
    for (int number = 1; number <= EVENTS; number++) {
      SENT.add(Instant.now());
      topic.publish(TOPIC, "user:alice", String.valueOf(number));
      Silence.forMillis(GAP_SECONDS * 1000L / SCALE, () -> true);
    }
    await("everybody has the last event")
        .atMost(SseReader.PATIENCE)
        .until(
            () ->
                CLIENTS.values().stream().allMatch(client -> client.numbers().contains(EVENTS))
                    && Files.readString(listened).contains("  " + EVENTS + "\n"));
  }

  @AfterAll
  static void stop() throws Exception {
    for (ReturningClient client : CLIENTS.values()) {
      client.close();
    }
    for (int part = PARTS.size() - 1; part >= 0; part--) {
      PARTS.get(part).close();
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void nothingIsLostOrRepeatedThrough(ImitatedTier tier) {
    // When
    List<Integer> numbers = CLIENTS.get(tier).numbers();

    // Then
    assertThat(numbers.stream().filter(number -> number > 0))
        .containsExactlyElementsOf(everyNumber());
  }

  @ParameterizedTest
  @FieldSource("UNCUT")
  void heartbeatsKeepAStreamOpenThrough(ImitatedTier tier) {
    assertThat(CLIENTS.get(tier).endings()).isZero();
  }

  @ParameterizedTest
  @FieldSource("CUT")
  void streamsAreCutBy(ImitatedTier tier) {
    assertThat(CLIENTS.get(tier).endings()).isPositive();
  }

  @Test
  void theCommandLineClientMissesNothingEither() throws Exception {
    // When
    List<Integer> numbers =
        Files.readAllLines(listened).stream()
            .filter(line -> line.matches(".*  [1-9]\\d*$"))
            .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
            .toList();

    // Then
    assertThat(numbers).isEqualTo(everyNumber());
    assertThat(Files.readString(listened)).contains("reconnecting in");
  }

  private static List<Integer> everyNumber() {
    return IntStream.rangeClosed(1, EVENTS).boxed().toList();
  }

  private static void report() throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| tier | streams ended | longest an event waited, s | lost or repeated |\n");
    table.append("|---|---:|---:|---:|\n");
    CLIENTS.forEach(
        (tier, client) ->
            table.append(
                "| %s | %d | %.1f | %d |%n"
                    .formatted(
                        tier.title(), client.endings(), longestWait(client), wrong(client))));
    Files.writeString(Repository.path("e2e/target/imitated-tiers.md"), table);
    System.out.println(table);
  }

  /** In real seconds. */
  private static double longestWait(ReturningClient client) {
    return client.received().stream()
            .filter(event -> event.number() > 0)
            .mapToLong(
                event -> Duration.between(SENT.get(event.number() - 1), event.arrival()).toMillis())
            .max()
            .orElse(0)
        * SCALE
        / 1000.0;
  }

  private static long wrong(ReturningClient client) {
    List<Integer> numbers = client.numbers().stream().filter(number -> number > 0).toList();
    return Math.abs(EVENTS - numbers.stream().distinct().count())
        + numbers.size()
        - numbers.stream().distinct().count();
  }
}
