package io.millrace.cli.up;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** {@code millrace up --json} as a process of its own, with fakes in place of the services. */
final class RunningUp implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private RunningUp(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts the packaged command.
   *
   * @param directory where the fakes and the user's state are put
   */
  static RunningUp start(Path directory, Map<String, String> environment, String... options)
      throws IOException {
    for (String service : List.of("notifications-service", "ai-events-service")) {
      packFake(directory.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dmillrace.home=" + directory,
                "-jar",
                Path.of("target", "millrace-cli.jar").toAbsolutePath().toString(),
                "up",
                "--json"));
    command.addAll(List.of(options));
    if (Runtime.version().feature() >= 24) {
      command.add(1, "--sun-misc-unsafe-memory-access=allow"); // As the script does.
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    builder.environment().putAll(environment);
    return new RunningUp(builder.start());
  }

  private static void packFake(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    String entry = FakeService.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(entry));
      try (var in = FakeService.class.getResourceAsStream("/" + entry)) {
        assertNotNull(in, entry).transferTo(out);
      }
    }
  }

  private static <T> T assertNotNull(T value, String what) {
    org.junit.jupiter.api.Assertions.assertNotNull(value, what);
    return value;
  }

  /** The next object it prints. */
  JsonObject next() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("it ended and said: " + error());
    }
    return new JsonObject(line);
  }

  String error() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** The exit status, within the fifteen seconds an end may take. */
  int awaitEnd() throws InterruptedException {
    return awaitEnd(15);
  }

  int awaitEnd(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("it still runs after " + seconds + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
