package io.millrace.cli.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.runtime.Failure;
import io.millrace.cli.runtime.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentKeyTest {

  @TempDir Path temporary;
  private StateDirectory state;

  @BeforeEach
  void nameStateDirectory() {
    state = new StateDirectory(temporary.resolve("millrace"));
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(state.path())) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all.toString());
      return all.get(0);
    }
  }

  @Test
  void staysTheSameAfterItsFirstUse() {
    assertEquals(DevelopmentKey.in(state).publicPem(), DevelopmentKey.in(state).publicPem());
  }

  @Test
  void isReadableByItsOwnerAlone() throws IOException {
    DevelopmentKey.in(state);

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void isRefusedWhenOthersCanReadIt() throws IOException {
    DevelopmentKey.in(state);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    Failure refused = assertThrows(Failure.class, () -> DevelopmentKey.in(state));

    assertTrue(refused.getMessage().contains("can be read by others"), refused.getMessage());
  }

  @Test
  void saysWhichFileIsDamaged() throws IOException {
    DevelopmentKey.in(state);
    Files.writeString(file(), "{");

    Failure refused = assertThrows(Failure.class, () -> DevelopmentKey.in(state));

    assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
  }

  @Test
  void isOneKeyForAllWhoUseItFirstAtOnce() {
    long keys =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(user -> DevelopmentKey.in(state).publicPem())
            .distinct()
            .count();

    assertEquals(1, keys);
  }
}
