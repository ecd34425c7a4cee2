package io.millrace.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs from the machine. A missing program skips the test and says so; with {@code
 * MILLRACE_REQUIRE_ALL=true} it fails it.
 */
final class Requires {

  private Requires() {}

  static Path program(String name) {
    return searchPath()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(name));
  }

  /** Daemons live in sbin, which is on the path of root only. */
  private static Stream<Path> searchPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of);
  }

  private static Path missing(String name) {
    String message = "Not run: the program '" + name + "' is not installed";
    if (Boolean.parseBoolean(System.getenv("MILLRACE_REQUIRE_ALL"))) {
      return fail(message + ", and MILLRACE_REQUIRE_ALL is set");
    }
    System.err.println("[SKIPPED] " + message);
    return Assumptions.abort(message);
  }
}
