package io.millrace.bench.measure;

import io.millrace.bench.stream.BenchClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A server under measurement: started on its core, its output in a file, ended with its children.
 */
public final class ServerProcess implements AutoCloseable {

  private static final int LOG_LINES = 20;

  /** Below this share of a core a server has nothing left to do. */
  private static final double QUIET = 0.05;

  private final Process process;
  private final Path log;
  private final CompletableFuture<Double> exitedAt;

  /** A run that is interrupted leaves no server behind. */
  private final Thread onExit;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.exitedAt = process.onExit().thenApply(ended -> (double) BenchClock.nanos());
    this.onExit = new Thread(process::destroy, "end-server");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  public static ServerProcess start(List<String> command, Cores cores, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(cores.onServerCore(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new ServerProcess(process, log);
  }

  /** Something that is true once the server is up. */
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Waits until the server is up; fails with the end of its log when it exits or takes too long.
   */
  public void await(Condition up, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!up.holds()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String why = process.isAlive() ? "is not up after " + limit : "has exited";
        throw new IllegalStateException("the server " + why + "; its log ends:\n" + logEnd());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Whether a server accepts connections there. */
  public static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private String logEnd() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  public long pid() {
    return process.pid();
  }

  public long cpuNanos() {
    return ProcessUsage.cpuNanos(process.toHandle());
  }

  public long systemNanos() {
    return ProcessUsage.systemNanos(process.toHandle());
  }

  public long residentBytes() {
    return ProcessUsage.residentBytes(process.toHandle());
  }

  /** Waits until the server has done what it was given: it uses hardly any processor time. */
  public void awaitQuiet(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    double cores = 1;
    while (cores > QUIET && System.nanoTime() < deadline) {
      CpuSpan span = CpuSpan.start(this);
      TimeUnit.MILLISECONDS.sleep(400);
      cores = span.stop().serverCores();
    }
  }

  /** Asks it to end, as Kubernetes does, and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** When it ended, on the bench's clock; empty when it has not within the limit. */
  public OptionalDouble exitNanos(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalDouble.of(exitedAt.join())
        : OptionalDouble.empty();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      // Then the hook has done its work.
    }
  }
}
