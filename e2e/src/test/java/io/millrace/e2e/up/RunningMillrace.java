package io.millrace.e2e.up;

import io.millrace.e2e.Requires;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code millrace up}, as it was built: a real broker, the real services, the gateway. */
final class RunningMillrace implements AutoCloseable {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private final Process process;
  private final BufferedReader out;
  private final JsonObject system;
  private final Path state;

  private RunningMillrace(Process process, Path state) throws IOException {
    this.process = process;
    this.state = state;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    String first = out.readLine();
    if (first == null) {
      throw new AssertionError("millrace up has ended; it says why above");
    }
    this.system = new JsonObject(first);
  }

  /** Starts it on free ports. */
  static RunningMillrace start(Path state, String... options) throws IOException {
    List<String> command = command("-Xmx256m", "up", "--json", "--port=0", "--kafka-port=0");
    command.addAll(List.of(options));
    return new RunningMillrace(process(state, command).start(), state);
  }

  private static List<String> command(String heap, String... args) {
    Path jar =
        Requires.file(HOME.resolve("cli/target/millrace-cli.jar"), "the packaged millrace command");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-Dmillrace.home=" + HOME,
                "-jar",
                jar.toString()));
    command.addAll(List.of(args));
    return command;
  }

  private static ProcessBuilder process(Path state, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().put("XDG_STATE_HOME", state.toString());
    return builder;
  }

  /** What another millrace command of the same user prints. */
  String run(String... args) throws IOException, InterruptedException {
    return run(state, args);
  }

  /** What a millrace command prints. */
  static String run(Path state, String... args) throws IOException, InterruptedException {
    Process other = process(state, command("-Xmx64m", args)).start();
    String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (other.waitFor() != 0) {
      throw new AssertionError(Arrays.toString(args) + " failed");
    }
    return printed.strip();
  }

  /** Starts another millrace command that goes on until it is stopped. */
  Process start(String... args) throws IOException {
    return process(state, command("-Xmx64m", args)).start();
  }

  String gateway() {
    return system.getString("gateway");
  }

  String kafka() {
    return system.getString("kafka");
  }

  /** The processes of a service. */
  List<ProcessHandle> replicas(String service) {
    return system.getJsonArray("replicas").stream()
        .map(JsonObject.class::cast)
        .filter(replica -> replica.getString("service").equals(service))
        .map(replica -> ProcessHandle.of(replica.getLong("pid")).orElseThrow())
        .toList();
  }

  /** The next change it reports. */
  JsonObject nextChange() throws IOException {
    return new JsonObject(out.readLine());
  }

  void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      throw new AssertionError("millrace up still runs after 15 s");
    }
  }

  @Override
  public void close() {
    try {
      terminate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
