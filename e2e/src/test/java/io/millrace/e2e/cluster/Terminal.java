package io.millrace.e2e.cluster;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an operator types: {@code kubectl} and {@code helm}, against one cluster. Any thread. */
public final class Terminal {

  private final Path kubeconfig;
  private final Path kubectl = Requires.program("kubectl");
  private final Path helm = Requires.program("helm");

  Terminal(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  /** What a command printed, errors too, and its exit code. */
  public record Output(int exit, String text) {

    /** What it printed; fails when the command did. */
    public String succeeded() {
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + ": " + text);
      }
      return text;
    }
  }

  public Output kubectl(String... args) {
    return run(kubectl, List.of(args));
  }

  public Output helm(List<String> args) {
    return run(helm, args);
  }

  private Output run(Path program, List<String> args) {
    try {
      Process process = start(program, args);
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + args, e);
    }
  }

  /** A {@code kubectl} that goes on until it is ended. */
  Process kubectlInBackground(String... args) throws IOException {
    return start(kubectl, List.of(args));
  }

  private Process start(Path program, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return builder.start();
  }
}
