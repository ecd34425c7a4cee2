package io.millrace.bench.contender;

import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.measure.Cores;
import io.millrace.bench.measure.ServerProcess;
import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Ourselves: the notifications service as it is deployed, with one event loop. Nothing is switched
 * off: a token per stream, ids, scopes, metrics, health, the bound for slow clients; it reads Kafka
 * in the process that is measured.
 */
public final class Millrace implements Contender {

  /** As many as the chart makes. */
  private static final int PARTITIONS = 12;

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /**
   * How the service is run.
   *
   * @param java the JVM's home
   * @param jvmOptions of the service
   * @param serviceJar the service's quarkus-run.jar
   */
  public record Launch(Path java, List<String> jvmOptions, Path serviceJar) {}

  private final Launch launch;
  private final Cores cores;
  private final EmbeddedKafka kafka;
  private final Properties versions;
  private final BenchTokens tokens = new BenchTokens();
  private int rounds;

  /**
   * @param streams the most streams that will be opened at a time
   */
  public Millrace(Launch launch, Cores cores, EmbeddedKafka kafka, int streams) throws IOException {
    this.launch = launch;
    this.cores = cores;
    this.kafka = kafka;
    this.versions = new Properties();
    try (var in = Millrace.class.getResourceAsStream("/bench.properties")) {
      versions.load(in);
    }
    tokens.prepare(streams);
  }

  @Override
  public String name() {
    return "Millrace";
  }

  @Override
  public String version() {
    return "Millrace %s (Quarkus %s, Kafka %s, service JVM options %s)"
        .formatted(
            versions.getProperty("project.version"),
            versions.getProperty("quarkus.version"),
            versions.getProperty("kafka.version"),
            String.join(" ", launch.jvmOptions()));
  }

  @Override
  public RunningContender start(Path workDir) throws IOException, InterruptedException {
    String topic =
        "fanout-" + ++rounds; // Its own: the tail of a round does not hold another's events.
    kafka.createTopic(topic, PARTITIONS, Map.of());
    tokens.writePublicKey(workDir.resolve("public-key.pem"));
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", LoopbackPort.free());
    int management = LoopbackPort.free();
    ServerProcess process =
        ServerProcess.start(
            command(workDir, topic, address.getPort(), management),
            cores,
            workDir.resolve("notifications-service.log"));
    try {
      process.await(() -> isReady(management), START_LIMIT);
      return new RunningContender(
          process,
          new StreamTarget(address, this::request),
          new KafkaPublisher(kafka.bootstrapServers(), topic),
          () -> collect(process.pid()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private List<String> command(Path workDir, String topic, int port, int management) {
    List<String> command = new ArrayList<>(List.of(launch.java().resolve("bin/java").toString()));
    command.addAll(launch.jvmOptions());
    Map<String, Object> config =
        Map.of(
            "quarkus.http.host",
            "127.0.0.1",
            "quarkus.http.port",
            port,
            "quarkus.management.host",
            "127.0.0.1",
            "quarkus.management.port",
            management,
            "quarkus.vertx.event-loops-pool-size",
            1,
            "quarkus.vertx.prefer-native-transport",
            true,
            "kafka.bootstrap.servers",
            kafka.bootstrapServers(),
            "millrace.topic.name",
            topic);
    config.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Dmp.jwt.verify.publickey.location=" + workDir.resolve("public-key.pem"));
    command.add("-Dmp.jwt.verify.publickey.algorithm=ES256");
    command.add("-Dmp.jwt.verify.issuer=" + BenchTokens.ISSUER);
    command.add("-Dmp.jwt.verify.audiences=" + BenchTokens.AUDIENCE);
    command.addAll(List.of("-jar", launch.serviceJar().toString()));
    return command;
  }

  private byte[] request(int stream) {
    return ("GET /api/notifications HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n"
            + "Authorization: Bearer "
            + tokens.of(stream)
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isReady(int management) {
    try {
      URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(2_000);
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Twice: references that the first collection clears free memory in the second. */
  private void collect(long pid) throws IOException, InterruptedException {
    String jcmd = launch.java().resolve("bin/jcmd").toString();
    for (int i = 0; i < 2; i++) {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(jcmd + " could not collect the service's garbage");
      }
    }
  }
}
