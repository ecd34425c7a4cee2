package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.bench.contender.Nchan;
import io.millrace.bench.measure.Cores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark with few streams: does it count right? Its timings say nothing here. */
class BenchIT {

  private static final String REQUIRE_ALL = "MILLRACE_REQUIRE_ALL";

  @TempDir Path folder;

  @Test
  void deliversEveryEventOnceAndWritesTheReport() throws Exception {
    // Given
    Path report = folder.resolve("RESULTS.md");

    // When
    String output = run("--only", "millrace", "--out", report.toString());

    // Then
    String text = Files.readString(report);
    assertTrue(text.contains("## fanout"), text);
    assertTrue(text.contains("| RSS per idle stream (30), bytes |"), text);
    assertTrue(deliveredOnce(text, "Millrace"), output);
  }

  @Test
  void measuresThePeerWithTheSameEvents() throws Exception {
    // Given
    requireNchan();
    Path report = folder.resolve("RESULTS.md");

    // When
    String output = run("--only", "nchan", "--out", report.toString());

    // Then
    assertTrue(deliveredOnce(Files.readString(report), "nchan"), output);
  }

  private static String run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("fanout", "--no-pin", "--streams", "50", "--idle-streams", "30"));
    arguments.addAll(List.of("--rounds", "1", "--rate", "20", "--burst", "8"));
    arguments.addAll(List.of("--warmup", "PT0.2S", "--paced-time", "PT1S"));
    arguments.addAll(List.of("--saturated-time", "PT0.5S"));
    arguments.addAll(List.of(more));
    StringWriter output = new StringWriter();
    int exit = Bench.execute(new PrintWriter(output), arguments.toArray(String[]::new));
    assertEquals(0, exit, output::toString);
    return output.toString();
  }

  private static boolean deliveredOnce(String report, String server) {
    return report
        .lines()
        .anyMatch(
            line ->
                line.startsWith("- " + server + ": ")
                    && line.endsWith(
                        " delivered, 0 missing, 0 repeated or out of order, 0 resets, 0 other"
                            + " control events, 0 streams lost"));
  }

  private static void requireNchan() {
    if (Nchan.installed(Cores.unpinned(), 1).isPresent()) {
      return;
    }
    String need = "needs nginx with nchan: apt-get install nginx libnginx-mod-nchan";
    if (Boolean.getBoolean(REQUIRE_ALL) || Boolean.parseBoolean(System.getenv(REQUIRE_ALL))) {
      fail(need + ", and " + REQUIRE_ALL + " forbids skipping");
    }
    System.err.println("SKIPPED: " + need);
    Assumptions.abort(need);
  }
}
