package io.millrace.e2e.ingress;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What an operator types, against the cluster that {@code KUBECONFIG} names. Any thread. */
public final class Kubectl {

  /** What it printed, errors too. */
  record Output(int exit, String text) {}

  private final Path program = Requires.program("kubectl");
  private final Path kubeconfig = Requires.cluster();
  private final Path folder;

  /**
   * @param folder for what is applied
   */
  public Kubectl(Path folder) {
    this.folder = folder;
  }

  /** A namespace nobody else has. */
  String createNamespace(String purpose) throws IOException {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    String name = "millrace-" + purpose + "-" + suffix;
    succeed("create", "namespace", name);
    return name;
  }

  /** Does not wait until everything in it is gone. */
  void deleteNamespace(String name) throws IOException {
    succeed("delete", "namespace", name, "--wait=false");
  }

  public void apply(String manifests) throws IOException {
    succeed("apply", "-f", file(manifests).toString());
  }

  /** What the API server says of manifests that it is not to keep. */
  Output dryRun(String manifests) throws IOException {
    return run(
        List.of(
            "apply", "--dry-run=server", "--validate=strict", "-f", file(manifests).toString()));
  }

  private Path file(String manifests) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "manifests", ".yaml"), manifests);
  }

  private void succeed(String... arguments) throws IOException {
    Output output = run(List.of(arguments));
    if (output.exit() != 0) {
      throw new AssertionError("kubectl " + List.of(arguments) + ": " + output.text());
    }
  }

  private Output run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Output(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + arguments, e);
    }
  }
}
