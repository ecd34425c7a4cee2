package io.millrace.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.cli.conformance.check.AllChecks;
import io.millrace.cli.conformance.deployment.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/conformance.md} names every check, and none that is not there. */
class DocumentationTest {

  private static final Pattern ID = Pattern.compile("`([a-z]+\\.[A-Za-z0-9_-]+)`");

  @Test
  void namesEveryCheck() throws IOException {
    // When
    String table =
        Files.readString(Path.of("../docs/conformance.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|")[1])
            .collect(Collectors.joining("\n"));

    // Then
    Set<String> named =
        ID.matcher(table)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> checks =
        AllChecks.of(Surface.AI).stream()
            .map(Check::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(checks, named);
  }
}
