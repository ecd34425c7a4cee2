package io.millrace.e2e.breaker;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One replica of the notifications service: a process that is started again, on the same port, each
 * time it was ended. The schedule's thread; the restart comes on a thread of the JDK.
 */
final class Replica implements AutoCloseable {

  /** One compiler tier and a simple collector: a JVM start is what a schedule pays for a kill. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private static final int PROBE_MILLIS = 2_000;

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final int port = Loopback.freePort();
  private final int managementPort = Loopback.freePort();

  private Process process;
  private boolean expectedToEnd;
  private boolean closed;
  private boolean diedAlone;

  /**
   * @param app folder of the packaged service
   * @param options system properties of the service
   */
  Replica(Path app, Map<String, String> options, Map<String, String> environment, Path log) {
    this.environment = environment;
    this.log = log;
    command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(JVM_OPTIONS);
    command.add("-Dquarkus.http.host=" + Loopback.HOST);
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.host=" + Loopback.HOST);
    command.add("-Dquarkus.management.port=" + managementPort);
    options.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString()));
    start();
  }

  private synchronized void start() {
    if (closed) {
      return;
    }
    diedAlone |= process != null && !expectedToEnd;
    expectedToEnd = false;
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().thenRun(this::start);
  }

  int port() {
    return port;
  }

  Path log() {
    return log;
  }

  /** Whether it has ever ended without being told to. */
  synchronized boolean diedAlone() {
    return diedAlone;
  }

  boolean isReady() {
    return status(managementPort, "/q/health/ready", "") == 200;
  }

  /** What a request for a stream is answered with this Authorization header; 0: not at all. */
  int status(String bearer) {
    return status(port, Client.PATH, bearer);
  }

  private static int status(int port, String path, String bearer) {
    try {
      HttpURLConnection probe =
          (HttpURLConnection) Loopback.http(port, path).toURL().openConnection();
      probe.setConnectTimeout(PROBE_MILLIS);
      probe.setReadTimeout(PROBE_MILLIS);
      probe.setRequestProperty("Authorization", bearer);
      int status = probe.getResponseCode();
      probe.disconnect();
      return status;
    } catch (IOException noAnswer) {
      return 0;
    }
  }

  /** SIGKILL. */
  synchronized void kill() {
    expectedToEnd = true;
    process.destroyForcibly();
  }

  /** SIGTERM. */
  synchronized void terminate() {
    expectedToEnd = true;
    process.destroy();
  }

  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private synchronized void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
      last.destroyForcibly();
    }
    try {
      last.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
