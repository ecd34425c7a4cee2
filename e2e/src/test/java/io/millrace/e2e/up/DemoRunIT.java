package io.millrace.e2e.up;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The run of the demo page in a real browser: reloaded, joined by a second device, and with its
 * replica killed in the middle. The text never tears.
 */
@Timeout(300)
class DemoRunIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WHOLE_RUN = "the text goes on where you left it.";

  @TempDir static Path state;
  private static RunningMillrace millrace;

  @TempDir Path profile;
  private DemoBrowser page;

  @BeforeAll
  static void startMillrace() throws IOException {
    millrace = RunningMillrace.start(state);
  }

  @AfterAll
  static void stopMillrace() {
    millrace.close();
  }

  @BeforeEach
  void openPage() {
    page = DemoBrowser.open(profile, millrace.gateway());
  }

  @AfterEach
  void closePage() {
    if (page != null) {
      page.close();
    }
  }

  private void assertWhole(String run) {
    page.awaitText(run + "-state", "finished");
    assertTrue(
        page.text(run + "-state").contains("characters are here"), page.text(run + "-state"));
    assertTrue(page.text(run + "-state").contains(", all "), page.text(run + "-state"));
    assertTrue(page.text(run).endsWith(WHOLE_RUN), page.text(run));
  }

  /** Two processes are there again for the next test. */
  private static void awaitRestart() throws IOException {
    while (!millrace.nextChange().getString("change").equals("ready")) {
      // It says that one ended, then that another started.
    }
  }

  @Test
  void isGivenTheWholeRunAfterAReloadInTheMiddle() {
    // Given
    page.click("play");
    page.awaitText("run", "Good news");

    // When
    page.click("reload");

    // Then
    page.awaitText("run", "Let me look up order 4711 for you.");
    assertWhole("run");
  }

  @Test
  void showsTheSameOnASecondDeviceThatJoinsInTheMiddle() {
    // Given
    page.click("play");
    page.awaitText("run", "Good news");

    // When
    page.click("second");

    // Then
    assertWhole("second-run");
    assertWhole("run");
    assertEquals(page.text("run"), page.text("second-run"));
  }

  @Test
  void neverTearsThoughItsReplicaIsKilled() throws IOException {
    // Given
    page.click("play");
    page.click("second");
    page.awaitText("run", "Good news");

    // When
    page.click("kill");

    // Then
    page.awaitText("kill-result", "ai-events-service");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertTrue(page.number("ai-reconnects") >= 1, "it came back"));
    assertWhole("run");
    assertWhole("second-run");
    assertEquals(page.text("run"), page.text("second-run"));
    awaitRestart();
  }
}
