package io.millrace.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Obstacle;
import io.millrace.cli.doctor.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/doctor.md} names every finding, every obstacle and every exit status. */
class DocumentationTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

  private String page = "";

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Path.of("../docs/doctor.md"));
  }

  @Test
  void namesEveryFindingAndNoOther() {
    // When
    String table = page.substring(page.indexOf("## Findings"), page.indexOf("## Deep"));
    Set<String> named =
        ROW.matcher(table).results().map(row -> row.group(1)).collect(Collectors.toSet());

    // Then
    assertEquals(
        Arrays.stream(Ailment.values()).map(Ailment::id).collect(Collectors.toSet()), named);
  }

  @Test
  void namesEveryExitStatus() {
    // Given
    List<String> rows = page.lines().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();

    // Then
    for (Obstacle each : Obstacle.values()) {
      String start = "| " + each.exitStatus() + " | `" + each.id() + "`";
      assertTrue(rows.stream().anyMatch(row -> row.startsWith(start)), start);
    }
    for (Severity each : Severity.values()) {
      String start = "| " + each.exitStatus() + " |";
      assertTrue(rows.stream().anyMatch(row -> row.startsWith(start)), start);
    }
  }

  @Test
  void givesEveryOutcomeItsOwnExitStatus() {
    // When
    Set<Integer> statuses = new TreeSet<>();
    Arrays.stream(Obstacle.values()).forEach(each -> statuses.add(each.exitStatus()));
    Arrays.stream(Severity.values()).forEach(each -> statuses.add(each.exitStatus()));

    // Then
    assertEquals(Obstacle.values().length + Severity.values().length, statuses.size());
  }
}
