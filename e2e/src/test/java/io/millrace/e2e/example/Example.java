package io.millrace.e2e.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of one of the examples of the documentation, to be built and run where it leaves nothing.
 */
record Example(String name, Path folder) {

  private static final String FOLDER = "docs/examples/producing";

  /** Installing takes as long as its registry. */
  private static final long PATIENCE_SECONDS = 300;

  static Example in(String name, Path workspace) throws IOException {
    Path source = Repository.path(FOLDER).resolve(name);
    Path copy = Files.createDirectories(workspace.resolve(name));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file,
            copy.resolve(file.getFileName()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new Example(name, copy);
  }

  /** Runs a program in it, which has to succeed. */
  void run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output);
    assertThat(ended).as("%s ended; it said: %s", String.join(" ", command), said).isTrue();
    assertThat(process.exitValue()).as("%s said: %s", String.join(" ", command), said).isZero();
  }
}
