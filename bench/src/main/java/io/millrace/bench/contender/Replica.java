package io.millrace.bench.contender;

import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.measure.Cores;
import io.millrace.bench.measure.ServerProcess;
import io.millrace.kafka.embedded.LoopbackPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** One running process of a service. Any thread. */
public final class Replica implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final String LOOPBACK = "127.0.0.1";

  private final ServerProcess process;
  private final BenchTokens tokens;
  private final InetSocketAddress address;
  private final int management;
  private final Path jcmd;
  private final String path;
  private final HttpClient http = HttpClient.newHttpClient();

  private Replica(
      Launch launch, ServerProcess process, BenchTokens tokens, int port, int management) {
    this.process = process;
    this.tokens = tokens;
    this.jcmd = launch.java().resolve("bin/jcmd");
    this.path = launch.service().path();
    this.address = new InetSocketAddress(LOOPBACK, port);
    this.management = management;
  }

  static Replica start(Launch launch, Cores cores, BenchTokens tokens, Path log)
      throws IOException, InterruptedException {
    int port = LoopbackPort.free();
    int management = LoopbackPort.free();
    ServerProcess process = ServerProcess.start(command(launch, port, management), cores, log);
    Replica replica = new Replica(launch, process, tokens, port, management);
    try {
      process.await(replica::isReady, START_LIMIT);
      return replica;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static List<String> command(Launch launch, int port, int management) {
    List<String> command = new ArrayList<>(List.of(launch.java().resolve("bin/java").toString()));
    command.addAll(launch.jvmOptions());
    launch
        .with("quarkus.http.host", LOOPBACK)
        .with("quarkus.http.port", Integer.toString(port))
        .with("quarkus.management.host", LOOPBACK)
        .with("quarkus.management.port", Integer.toString(management))
        .with("quarkus.vertx.prefer-native-transport", "true")
        .config()
        .forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", launch.serviceJar().toString()));
    return command;
  }

  public ServerProcess process() {
    return process;
  }

  /** Everything that is addressed to a client. */
  public StreamTarget target() {
    return target("");
  }

  /**
   * @param query with its question mark, or empty
   */
  public StreamTarget target(String query) {
    return target(client -> query);
  }

  /**
   * @param query of each client, with its question mark, or empty
   */
  public StreamTarget target(IntFunction<String> query) {
    return new StreamTarget(
        address, (client, lastEventId) -> request(query.apply(client), client, lastEventId));
  }

  private byte[] request(String query, int client, Optional<String> lastEventId) {
    return ("GET "
            + path
            + query
            + " HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n"
            + lastEventId.map(id -> "Last-Event-ID: " + id + "\r\n").orElse("")
            + "Authorization: Bearer "
            + tokens.of(client)
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/q/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The sum of a Prometheus metric over its labels; 0 when it has not been counted yet. */
  public double metric(String name) throws IOException, InterruptedException {
    return metric(name, "");
  }

  /**
   * @param label such as {@code area="heap"}; only series with it count
   */
  public double metric(String name, String label) throws IOException, InterruptedException {
    return get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + LOOPBACK + ":" + management + path);
    return http.send(
        HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Bytes of heap in use once the garbage is gone. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    collect();
    return Math.round(metric("jvm_memory_used_bytes", "area=\"heap\""));
  }

  /** Twice: references that the first collection clears free memory in the second. */
  public void collect() throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      Process collection =
          new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!collection.waitFor(30, TimeUnit.SECONDS) || collection.exitValue() != 0) {
        throw new IllegalStateException(jcmd + " could not collect the service's garbage");
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
