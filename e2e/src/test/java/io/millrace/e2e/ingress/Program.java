package io.millrace.e2e.ingress;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of a controller, with its log in a file; it ends with the test. */
public final class Program implements AutoCloseable {

  /** The end of a log: controllers say much. */
  private static final int SAID_CHARACTERS = 4_000;

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts an installed program against the cluster.
   *
   * @param environment beside {@code KUBECONFIG}
   */
  static Program start(
      Path folder, Map<String, String> environment, String program, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Requires.program(program).toString()));
    command.addAll(arguments);
    Path log = Files.createTempFile(folder, program, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("KUBECONFIG", Requires.cluster().toString());
    builder.environment().putAll(environment);
    return new Program(builder.start(), log);
  }

  /** Runs an installed program to its end; fails when it does. */
  static void run(Path folder, String program, List<String> arguments) throws IOException {
    try (Program running = start(folder, Map.of(), program, arguments)) {
      if (running.process.waitFor() != 0) {
        throw new AssertionError(program + " " + arguments + ": " + running.said());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + program, e);
    }
  }

  /** The end of its log. */
  String said() {
    try {
      String all = Files.readString(log, StandardCharsets.ISO_8859_1);
      return log + ":\n" + all.substring(Math.max(0, all.length() - SAID_CHARACTERS)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; one that waits for its streams is killed, and what it started with it. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    started.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
