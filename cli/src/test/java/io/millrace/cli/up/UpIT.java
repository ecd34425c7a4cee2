package io.millrace.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.kafka.embedded.LoopbackPort;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code up} except the services, which are fakes here. */
@Timeout(90)
class UpIT {

  private static final String[] FREE_PORTS = {"--port=0", "--kafka-port=0"};

  @TempDir Path directory;

  private RunningUp up(String... options) throws IOException {
    return RunningUp.start(directory, Map.of(), options);
  }

  private static List<JsonObject> replicas(JsonObject system) {
    return system.getJsonArray("replicas").stream().map(JsonObject.class::cast).toList();
  }

  private static boolean isAlive(JsonObject replica) {
    return ProcessHandle.of(replica.getLong("pid")).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void awaitAllGone(List<JsonObject> replicas) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(12))
        .untilAsserted(() -> assertTrue(replicas.stream().noneMatch(UpIT::isAlive)));
  }

  /** The process id in the first event of a stream. */
  private static String firstEvent(JsonObject system, String path) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                URI.create(system.getString("gateway") + path).toURL().openStream(),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> line.startsWith("data: "))
          .findFirst()
          .orElse("")
          .substring(6);
    }
  }

  @Test
  void saysWhatRuns() throws Exception {
    try (RunningUp up = up("--port=0", "--kafka-port=0", "--replicas=2")) {
      JsonObject system = up.next();

      assertEquals(4, replicas(system).size());
      assertTrue(replicas(system).stream().allMatch(UpIT::isAlive));
      assertTrue(system.getString("gateway").startsWith("http://localhost:"));
      assertTrue(Files.isDirectory(Path.of(system.getString("logs"))));
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.getString("kafka")))) {
        assertEquals(
            Set.of("notifications", "ai-events", "stream-control"),
            new HashSet<>(admin.listTopics().names().get()));
      }
    }
  }

  @Test
  void sendsSubscribersToTheReplicasInTurn() throws Exception {
    try (RunningUp up = up("--port=0", "--kafka-port=0", "--replicas=2")) {
      JsonObject system = up.next();

      Set<String> answered =
          Set.of(
              firstEvent(system, "/api/notifications"),
              firstEvent(system, "/api/notifications"),
              firstEvent(system, "/api/ai/events"),
              firstEvent(system, "/api/ai/events"));

      assertEquals(4, answered.size());
    }
  }

  @Test
  void startsAReplicaThatDiedAgainOnItsPort() throws Exception {
    try (RunningUp up = up(FREE_PORTS)) {
      // Given
      JsonObject system = up.next();
      JsonObject replica = replicas(system).get(0);

      // When
      ProcessHandle.of(replica.getLong("pid")).orElseThrow().destroyForcibly();

      // Then
      JsonObject ended = up.next();
      assertEquals("ended", ended.getString("change"));
      assertEquals(replica.getLong("pid"), ended.getLong("pid"));
      assertEquals(137, ended.getInteger("status"));
      JsonObject started = up.next();
      assertEquals("started", started.getString("change"));
      JsonObject ready = up.next();
      assertEquals("ready", ready.getString("change"));
      assertEquals(replica.getString("url"), ready.getString("url"));
      assertEquals(ready.getLong("pid").toString(), firstEvent(system, "/api/notifications"));
    }
  }

  @Test
  void endsEverythingWhenItIsToldTo() throws Exception {
    try (RunningUp up = up(FREE_PORTS)) {
      // Given
      JsonObject system = up.next();

      // When
      up.terminate();

      // Then
      assertEquals(143, up.awaitEnd());
      assertTrue(replicas(system).stream().noneMatch(UpIT::isAlive));
      assertTrue(LoopbackPort.isFree(URI.create(system.getString("gateway")).getPort()));
      assertTrue(LoopbackPort.isFree(URI.create("x://" + system.getString("kafka")).getPort()));
    }
  }

  @Test
  void endsReplicasThatDoNotListen() throws Exception {
    try (RunningUp up =
        RunningUp.start(directory, Map.of("FAKE_SERVICE", "stubborn"), FREE_PORTS)) {
      // Given
      JsonObject system = up.next();

      // When
      up.terminate();

      // Then
      assertEquals(143, up.awaitEnd());
      assertTrue(replicas(system).stream().noneMatch(UpIT::isAlive));
    }
  }

  @Test
  void leavesNothingRunningWhenItIsKilled() throws Exception {
    try (RunningUp up = up(FREE_PORTS)) {
      JsonObject system = up.next();

      up.kill();

      awaitAllGone(replicas(system));
    }
  }

  @Test
  void saysWhichReplicaCannotStart() throws Exception {
    try (RunningUp up = RunningUp.start(directory, Map.of("FAKE_SERVICE", "broken"), FREE_PORTS)) {
      assertEquals(1, up.awaitEnd(60));

      String error = up.error();
      assertEquals(1, error.lines().count(), error);
      assertTrue(
          error.matches(
              "(?s)millrace: (notifications|ai-events)-service-1 could not start \\(status 3\\):"
                  + " ERROR the fake is broken \\(log: .*"),
          error);
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(other.getLocalPort());
      try (RunningUp up = up("--port=" + port, "--kafka-port=0")) {
        assertEquals(1, up.awaitEnd(60));
        assertEquals(
            "millrace: port " + port + " is taken; choose another with --port", up.error().strip());
      }
      try (RunningUp up = up("--port=0", "--kafka-port=" + port)) {
        assertEquals(1, up.awaitEnd(60));
        assertEquals(
            "millrace: port " + port + " is taken; choose another with --kafka-port",
            up.error().strip());
      }
    }
  }

  @Test
  void keepsTheBrokersDataWhenAsked() throws Exception {
    // Given
    String data = "--data=" + directory.resolve("data");
    String clusterId;
    try (RunningUp up = up("--port=0", "--kafka-port=0", data)) {
      clusterId = clusterId(up.next());
    }

    // When
    try (RunningUp up = up("--port=0", "--kafka-port=0", data)) {

      // Then
      assertEquals(clusterId, clusterId(up.next()));
    }
  }

  @Test
  void leavesNoTemporaryDataBehind() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    try (RunningUp up =
        RunningUp.start(
            directory, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), FREE_PORTS)) {
      up.next();
      up.terminate();
      up.awaitEnd();
    }

    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.filter(Files::isDirectory).toList());
    }
  }

  private static String clusterId(JsonObject system) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.getString("kafka")))) {
      return admin.describeCluster().clusterId().get();
    }
  }
}
