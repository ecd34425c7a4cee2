package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code millrace} in a small repository, with programs that note how they are called.
 */
class ScriptIT {

  private static final Instant EARLIER = Instant.now().minusSeconds(60);

  @TempDir Path directory;
  private Path home;
  private Path programs;

  /** How it ended. */
  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void makeRepository() throws Exception {
    home = directory.resolve("the repository");
    programs = Files.createDirectories(directory.resolve("bin"));
    for (String folder :
        List.of(
            "cli",
            "embedded-kafka",
            "ingress",
            "event-bus",
            "notifications-service",
            "ai-events-service")) {
      Files.createDirectories(home.resolve(folder).resolve("src/main"));
    }
    write(home.resolve("pom.xml"), "<project/>");
    write(home.resolve("ingress/pom.xml"), "<project/>");
    Files.copy(Path.of("..", "millrace"), home.resolve("millrace"));
    for (String tool :
        List.of(
            "sh",
            "sed",
            "head",
            "find",
            "dirname",
            "readlink",
            "mkdir",
            "cat",
            "rm",
            "touch",
            "sleep",
            "tr")) {
      Files.createSymbolicLink(programs.resolve(tool), systemTool(tool));
    }
    java("17.0.1");
    maven("3.8.7");
  }

  private static Path systemTool(String name) {
    Path inBin = Path.of("/bin", name);
    return Files.exists(inBin) ? inBin : Path.of("/usr/bin", name);
  }

  private void java(String version) throws IOException {
    program(
        "java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \""
            + version
            + "\" 2024' >&2; exit; fi",
        "echo java \"$@\"");
    program("javac", "exit 0");
  }

  private void maven(String version) throws IOException {
    program(
        "mvn",
        "if [ \"$1\" = --version ]; then echo 'Apache Maven " + version + " (x)'; exit; fi",
        "echo mvn \"$@\"",
        "for jar in cli/target/millrace-cli.jar"
            + " notifications-service/target/quarkus-app/quarkus-run.jar"
            + " ai-events-service/target/quarkus-app/quarkus-run.jar; do",
        "  case \"$*\" in *${jar%%/*}*) ;; *) continue ;; esac",
        "  mkdir -p \"$(dirname $jar)\"; [ -f $jar ] || touch $jar",
        "done");
  }

  private void program(String name, String... lines) throws IOException {
    Path file = programs.resolve(name);
    write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(EARLIER));
  }

  private Ended run(Path script, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out, err);
  }

  private Ended run(String... args) throws Exception {
    return run(home.resolve("millrace"), args);
  }

  @Test
  void buildsWhatIsMissingAndKeepsStdoutForTheCommand() throws Exception {
    Ended first = run("token", "--sub", "a b");

    assertEquals(0, first.status(), first.err());
    assertTrue(first.err().contains("millrace: building cli "), first.err());
    assertTrue(first.err().contains("-pl cli -am package -DskipTests"), first.err());
    assertEquals(1, first.out().lines().count(), first.out());
    assertTrue(first.out().endsWith("/cli/target/millrace-cli.jar token --sub a b\n"), first.out());
  }

  @Test
  void buildsNothingThatIsFresh() throws Exception {
    run("up");

    assertEquals("", run("up").err());
    assertEquals("", run("token").err());
  }

  @Test
  void buildsTheServicesForUpOnly() throws Exception {
    run("token");

    Ended up = run("up");

    assertTrue(up.err().contains("building notifications-service,ai-events-service "), up.err());
  }

  @Test
  void buildsWhatIsOlderThanItsSources() throws Exception {
    // Given
    run("up");
    Path source = home.resolve("ai-events-service/src/main/A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

    // When
    Ended stale = run("up");

    // Then
    assertTrue(stale.err().contains("building ai-events-service "), stale.err());
  }

  @Test
  void leavesTestsOutOfAccount() throws Exception {
    run("up");
    Path test = Files.createDirectories(home.resolve("cli/src/test")).resolve("ATest.java");
    Files.writeString(test, "class ATest {}");
    Files.setLastModifiedTime(test, FileTime.from(Instant.now().plusSeconds(2)));

    assertEquals("", run("up").err());
  }

  @Test
  void worksThroughALinkFromAnotherDirectory() throws Exception {
    Path link = Files.createSymbolicLink(programs.resolve("m"), home.resolve("millrace"));
    Path second = Files.createSymbolicLink(directory.resolve("n"), Path.of("bin/m"));

    assertEquals(0, run(link, "token").status());
    assertTrue(run(second, "token").out().contains("-Dmillrace.home=" + home.toRealPath()));
  }

  @Test
  void saysThatJavaIsMissingOrTooOld() throws Exception {
    java("11.0.2");
    assertRefused("needs a JDK, version 17 or newer; 'java' is version 11");

    java("1.8.0_292");
    assertRefused("needs a JDK, version 17 or newer; 'java' is version 1");

    Files.delete(programs.resolve("java"));
    assertRefused("needs a JDK, version 17 or newer; no 'java' found in PATH");
  }

  @Test
  void saysThatMavenIsMissingOrTooOld() throws Exception {
    maven("3.6.3");
    assertRefused("needs Maven, version 3.8 or newer; 'mvn' is version 3.6.3");

    Files.delete(programs.resolve("mvn"));
    assertRefused("needs Maven, version 3.8 or newer, to build; no 'mvn' found in PATH");
  }

  @Test
  void saysThatARuntimeIsNotEnoughToBuild() throws Exception {
    Files.delete(programs.resolve("javac"));

    assertRefused("needs a JDK to build; 'java' is only a runtime (no javac)");
  }

  @Test
  void failsWhenTheBuildFails() throws Exception {
    program("mvn", "[ \"$1\" = --version ] && echo 'Apache Maven 3.9.1' && exit", "exit 1");

    assertRefused("the build failed");
    assertFalse(Files.exists(home.resolve("target/build.lock")));
  }

  @Test
  void takesOverTheLockOfABuildThatWasKilled() throws Exception {
    Path lock = Files.createDirectories(home.resolve("target/build.lock"));
    Files.writeString(lock.resolve("pid"), "999999999\n");

    assertEquals(0, run("token").status());
  }

  private void assertRefused(String message) throws Exception {
    Ended ended = run("up");
    assertEquals(1, ended.status());
    assertTrue(ended.err().endsWith("millrace: " + message + "\n"), ended.err());
    assertEquals("", ended.out());
  }
}
