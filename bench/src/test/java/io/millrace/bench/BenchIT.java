package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

  private static final String NOTHING_AMISS =
      ", 0 missing, 0 repeated or out of order, 0 resets, 0 other control events, 0 streams lost";

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

  @Test
  void bringsEveryClientOfAStormBackWhole() {
    // When
    String report = small("storm", "--only", "millrace");

    // Then
    assertTrue(report.contains("- Millrace: 1,260 delivered" + NOTHING_AMISS), report);
  }

  @Test
  void bringsEveryClientOfAStormBackForEventsOfItsOwn() {
    // When
    String report = small("storm", "--own");

    // Then
    assertTrue(report.contains("- Millrace: 1,260 delivered" + NOTHING_AMISS), report);
  }

  @Test
  void takesThePeerThroughTheSameStorm() {
    // Given
    requireNchan();

    // When
    String report = small("storm", "--only", "nchan");

    // Then
    assertTrue(report.contains("- nchan: 1,260 delivered" + NOTHING_AMISS), report);
  }

  @Test
  void bringsClientsBackFromBeyondTheTail() {
    // When
    String report = small("replay");

    // Then
    assertTrue(report.contains("- 3,220 delivered" + NOTHING_AMISS), report);
    assertFalse(report.contains("| scans of the topic | 0 |"), report);
  }

  @Test
  void losesNothingWhenAReplicaIsAskedToGo() {
    // When
    String report = small("drain");

    // Then
    assertTrue(report.contains("| streams ended | 60 |"), report);
    assertTrue(report.contains("- 3,120 delivered, 0 missing, 0 repeated"), report);
    assertTrue(report.contains("| events lost | 0 |"), report);
  }

  @Test
  void countsForTheLiveAndForTheStalledOnceTheyReadAgain() {
    // When
    String report = small("stalled", "--no-pin");

    // Then
    assertTrue(
        report.contains("- live, with stalled ones: 8,400 delivered" + NOTHING_AMISS), report);
    assertTrue(report.contains("- live, without: 8,400 delivered" + NOTHING_AMISS), report);
    assertTrue(report.contains("- stalled: 2,800 delivered, 0 missing, 0 repeated"), report);
  }

  @Test
  void countsForTheLiveAndForTheOneFarBehind() {
    // When
    String report = small("laggard");

    // Then
    assertTrue(report.contains("- laggard: 3,001 delivered" + NOTHING_AMISS), report);
  }

  @Test
  void countsTheTokensOfRunsMergedOrNot() {
    // When
    String report = small("runs");

    // Then: 10 × 20/s × 1.5 s twice, and 400/s × 1.5 s twice
    assertTrue(report.contains("- 1,800 delivered" + NOTHING_AMISS), report);
  }

  /** Its counts, not its timings. */
  private static String small(String... scenario) {
    List<String> arguments = new ArrayList<>(List.of(scenario));
    arguments.add(1, "--small");
    return execute(arguments);
  }

  private static String run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("fanout", "--no-pin", "--streams", "50", "--idle-streams", "30"));
    arguments.addAll(List.of("--rounds", "1", "--rate", "20", "--burst", "8"));
    arguments.addAll(List.of("--warmup", "PT0.2S", "--paced-time", "PT1S"));
    arguments.addAll(List.of("--saturated-time", "PT0.5S"));
    arguments.addAll(List.of(more));
    return execute(arguments);
  }

  private static String execute(List<String> arguments) {
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
                    && line.endsWith(" delivered" + NOTHING_AMISS));
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
