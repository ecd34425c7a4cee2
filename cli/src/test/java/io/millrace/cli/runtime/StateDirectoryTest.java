package io.millrace.cli.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

  private static final Path HOME = Path.of("/home/alice");

  @Test
  void followsTheXdgSpecification() {
    assertEquals(
        Path.of("/state/millrace"),
        StateDirectory.of(Map.of("XDG_STATE_HOME", "/state"), HOME).path());
  }

  @Test
  void liesInTheHomeDirectoryByDefault() {
    assertEquals(HOME.resolve(".local/state/millrace"), StateDirectory.of(Map.of(), HOME).path());
  }

  @Test
  void ignoresARelativeSetting() {
    assertEquals(
        HOME.resolve(".local/state/millrace"),
        StateDirectory.of(Map.of("XDG_STATE_HOME", "state"), HOME).path());
  }

  @Test
  void isItsOwnersAlone(@TempDir Path temporary) throws IOException {
    StateDirectory state = new StateDirectory(temporary.resolve("a/millrace"));

    Path logs = state.directory("logs");

    assertEquals("rwx------", mode(state.path()));
    assertEquals("rwx------", mode(logs));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
