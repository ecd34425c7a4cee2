package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The real nginx with its files in a folder of the test and a port of loopback. */
final class Nginx implements AutoCloseable {

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Inside an http{} without surprises. */
  static Nginx plain(Path folder, NginxRule rule) throws IOException {
    return start(folder, "plain.conf", rule);
  }

  /** Inside an http{} that has everything on that breaks a stream. */
  static Nginx hostile(Path folder, NginxRule rule) throws IOException {
    return start(folder, "hostile.conf", rule);
  }

  private static Nginx start(Path parent, String http, NginxRule rule) throws IOException {
    int port = Loopback.freePort();
    Path folder = Files.createTempDirectory(parent, "nginx");
    List<String> command = prepare(folder, http, rule.listen(port));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    await("nginx on port " + port)
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .failFast(() -> assertThat(process.isAlive()).as(() -> log(folder)).isTrue())
        .until(() -> Loopback.accepts(port));
    return new Nginx(process, port);
  }

  /** What {@code nginx -t} says of the rule. */
  static String check(Path parent, String http, NginxRule rule)
      throws IOException, InterruptedException {
    List<String> command =
        prepare(Files.createTempDirectory(parent, "nginx"), http, rule.listen(Loopback.freePort()));
    Process process = new ProcessBuilder(append(command, "-t")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output + "exit code " + process.waitFor();
  }

  private static List<String> prepare(Path folder, String http, NginxRule rule) throws IOException {
    Path nginx = Requires.program("nginx");
    Path conf = folder.resolve("conf");
    Files.createDirectories(folder.resolve("tmp"));
    rule.writeTo(conf);
    // A master that is root would give its workers to a user who may not enter the folder.
    String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    try (InputStream main = Nginx.class.getResourceAsStream("/nginx/" + http)) {
      Files.writeString(
          conf.resolve("nginx.conf"),
          user + new String(main.readAllBytes(), StandardCharsets.UTF_8));
    }
    return List.of(
        nginx.toString(), "-p", folder + "/", "-c", "conf/nginx.conf", "-e", "error.log");
  }

  private static List<String> append(List<String> command, String argument) {
    return Stream.concat(command.stream(), Stream.of(argument)).toList();
  }

  private static String log(Path folder) {
    try {
      return "nginx runs; it said: " + Files.readString(folder.resolve("output.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri(String path) {
    return Loopback.http(port, path);
  }

  int port() {
    return port;
  }

  /** SIGHUP: new workers with the files as they are now; the old ones serve their streams. */
  void reload() throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  /** SIGTERM: nginx ends its streams and goes. */
  @Override
  public void close() {
    process.destroy();
    await("nginx has ended").atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
  }
}
