package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged service as a process of its own, on two ports of loopback. */
public final class ServiceProcess implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;

  private ServiceProcess(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts {@code <module>/target/quarkus-app} and waits until it is ready.
   *
   * @param module such as {@code notifications-service}
   */
  public static ServiceProcess start(String module, Path folder, Map<String, String> environment)
      throws IOException {
    return start(module, folder, environment, List.of());
  }

  /** As above, but by a command that takes the program to start as its arguments. */
  static ServiceProcess start(
      String module, Path folder, Map<String, String> environment, List<String> launcher)
      throws IOException {
    Path jar =
        Requires.file(
            Repository.path(module + "/target/quarkus-app/quarkus-run.jar"), "packaged " + module);
    int port = Loopback.freePort();
    int managementPort = Loopback.freePort();
    Path log = Files.createTempFile(folder, module, ".log");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of(java, "-jar", jar.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().putIfAbsent("QUARKUS_HTTP_HOST", Loopback.HOST);
    builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
    builder.environment().put("QUARKUS_MANAGEMENT_HOST", Loopback.HOST);
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    ServiceProcess service = new ServiceProcess(builder.start(), log, port, managementPort);
    service.awaitReady();
    return service;
  }

  private void awaitReady() {
    await("ready")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> assertThat(process.isAlive()).as(this::saidInstead).isTrue())
        .untilAsserted(() -> assertThat(readiness()).as(this::saidInstead).isEqualTo(200));
  }

  private String saidInstead() {
    return "the service is ready; it said: " + said();
  }

  /** Its log so far. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Status of the readiness probe; 0 when nothing answers. */
  int readiness() throws InterruptedException {
    URI uri = Loopback.http(managementPort, "/q/health/ready");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notListening) {
      return 0;
    }
  }

  /** Its meters, as Prometheus reads them. */
  public String metrics() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(Loopback.http(managementPort, "/q/metrics")).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  long pid() {
    return process.pid();
  }

  /** Host and port of its management. */
  public String managementAddress() {
    return Loopback.HOST + ":" + managementPort;
  }

  public int port() {
    return port;
  }

  public URI uri(String path) {
    return Loopback.http(port, path);
  }

  /** SIGTERM, without waiting. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL: its clients hear nothing of it but the end. */
  void kill() {
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
