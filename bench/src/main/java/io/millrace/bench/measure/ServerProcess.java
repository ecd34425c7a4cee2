package io.millrace.bench.measure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server under measurement: started on its core, its output in a file, ended with its children.
 */
public final class ServerProcess implements AutoCloseable {

  private static final int LOG_LINES = 20;

  private final Process process;
  private final Path log;

  /** A run that is interrupted leaves no server behind. */
  private final Thread onExit;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
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
