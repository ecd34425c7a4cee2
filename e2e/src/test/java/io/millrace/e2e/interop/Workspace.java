package io.millrace.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of a folder with a program in it, to be built and run where it leaves nothing behind. */
public record Workspace(Path folder) {

  /** Installing takes as long as its registry. */
  private static final long PATIENCE_SECONDS = 300;

  /** Copies the files of a folder of this repository. */
  public static Workspace copyOf(String source, Path target) throws IOException {
    copy(Repository.path(source), target);
    return new Workspace(target);
  }

  /** As {@link #copyOf}, with the folders in it but what a build has left. */
  static Workspace copyOfTree(String source, Path target) throws IOException {
    Path root = Repository.path(source);
    try (Stream<Path> folders = Files.walk(root)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        Path place = root.relativize(folder);
        if (!place.startsWith("target")) {
          copy(folder, target.resolve(place));
        }
      }
    }
    return new Workspace(target);
  }

  private static void copy(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Runs a program in it, which has to succeed, and returns what it printed. */
  public String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return new Running(this, environment, command).awaitOutput();
  }

  /** A program that runs in a workspace. */
  static final class Running {

    private final String command;
    private final Path output;
    private final Path complaints;
    private final Process process;

    Running(Workspace workspace, Map<String, String> environment, String... command)
        throws IOException {
      this.command = String.join(" ", command);
      this.output = Files.createTempFile(workspace.folder(), "output", ".txt");
      this.complaints = Files.createTempFile(workspace.folder(), "complaints", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workspace.folder().toFile())
              .redirectOutput(output.toFile())
              .redirectError(complaints.toFile());
      builder.environment().putAll(environment);
      this.process = builder.start();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Waits for its end. */
    String awaitOutput() throws IOException, InterruptedException {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      String said = Files.readString(output);
      String complained = Files.readString(complaints);
      assertThat(ended).as("%s ended; it said: %s%s", command, said, complained).isTrue();
      assertThat(process.exitValue()).as("%s said: %s%s", command, said, complained).isZero();
      return said;
    }
  }
}
