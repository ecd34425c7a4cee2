package io.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running proxy on a port of loopback; it ends with the test. */
public final class ProxyProcess implements AutoCloseable {

  /** What a checker said, and how it ended. */
  public record Verdict(String said, int exitCode) {}

  private final Process process;
  private final Path log;
  private final Wiring wiring;

  private ProxyProcess(Process process, Path log, Wiring wiring) {
    this.process = process;
    this.log = log;
    this.wiring = wiring;
  }

  /** Starts the program with a rule and waits until it accepts connections. */
  public static ProxyProcess start(Proxy proxy, ProxyRule rule, Wiring wiring) throws IOException {
    Proxy.Launch launch = proxy.launch(rule, wiring);
    Path log = wiring.folder().resolve("output.log");
    Process process =
        new ProcessBuilder(launch.run())
            .directory(wiring.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ProxyProcess started = new ProxyProcess(process, log, wiring);
    try {
      await(proxy.program() + " on port " + wiring.port())
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(20))
          .failFast(() -> assertThat(process.isAlive()).as(started::runsOrSaid).isTrue())
          .untilAsserted(() -> assertThat(proxy.isReady(wiring)).as(started::runsOrSaid).isTrue());
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
    return started;
  }

  /**
   * What the program's own checker says of a rule; without a checker, what it says at its start.
   */
  public static Verdict check(Proxy proxy, ProxyRule rule, Wiring wiring)
      throws IOException, InterruptedException {
    List<String> check = proxy.launch(rule, wiring).check();
    if (check.isEmpty()) {
      try (ProxyProcess running = start(proxy, rule, wiring)) {
        return new Verdict(running.said(), 0);
      }
    }
    Process process =
        new ProcessBuilder(check)
            .directory(wiring.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(said, process.waitFor());
  }

  private String runsOrSaid() {
    return "the proxy runs; it said: " + said();
  }

  /** Its output so far. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri(String path) {
    return URI.create(wiring.protocol().scheme() + "://" + wiring.address() + path);
  }

  public int port() {
    return wiring.port();
  }

  /** A stream through the proxy, in the protocol of its clients. */
  public SseReader open(String path, String... headers) {
    return SseReader.open(wiring.protocol().client(), uri(path), headers);
  }

  /** Such as {@code HUP}, with which many read their files again. */
  public void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** SIGTERM; one that waits for its streams is killed, and what it started with it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
