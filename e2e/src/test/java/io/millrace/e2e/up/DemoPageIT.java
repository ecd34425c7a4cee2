package io.millrace.e2e.up;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo page in a real browser, against everything {@code millrace up} runs. */
@Timeout(300)
class DemoPageIT {

  private static final String WHOLE_RUN = "the text goes on where you left it.";

  @TempDir static Path state;
  private static RunningMillrace millrace;

  @TempDir Path profile;
  private DemoBrowser page;

  @BeforeAll
  static void startMillrace() throws IOException {
    millrace = RunningMillrace.start(state, "--replicas=2");
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

  private void publish(String title) {
    page.type("publish-title", title);
    page.click("publish");
    page.awaitText("publish-result", "In Kafka: partition");
  }

  private void awaitNotifications(String... newestFirst) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertEquals(List.of(newestFirst), page.notifications()));
  }

  @Test
  void seesWhatItsButtonPublishes() {
    // When
    page.click("publish");

    // Then
    awaitNotifications("Order 4711 shipped");
    assertTrue(page.text("notifications-last-id").startsWith("1."));
    assertTrue(page.text("notifications-latency").contains(" ms"));
    assertEquals(1, page.number("notifications-count"));
    assertEquals(0, page.number("notifications-reconnects"));
  }

  @Test
  void publishesWithTheEnterKey() {
    page.type("publish-title", "By keyboard\n");

    awaitNotifications("By keyboard");
  }

  @Test
  void seesWhatTheCommandPublishes() throws Exception {
    millrace.run(
        "publish",
        "notifications",
        "user:alice",
        "{\"title\":\"from the command\"}",
        "--type=order.shipped",
        "--bootstrap=" + millrace.kafka());

    awaitNotifications("from the command");
  }

  @Test
  void showsAnAiRunWordByWord() {
    page.click("play");

    page.awaitText("run-state", "finished");
    assertTrue(page.text("run").contains("find_order {\"order\":4711} → shipped today"));
    assertTrue(page.text("run").endsWith(WHOLE_RUN), page.text("run"));
    assertTrue(page.number("ai-count") > 60);
  }

  @Test
  void showsEachUserOnlyTheirOwn() {
    // Given
    page.choose("user", "bob");
    page.awaitText("notifications-state", "live");

    // When
    page.choose("publish-to", "user:alice");
    publish("for alice");
    page.choose("publish-to", "tenant:acme");
    publish("for acme");

    // Then
    awaitNotifications("for acme");
  }

  @Test
  void catchesUpOnWhatWasPublishedWhileItWasAway() {
    // Given
    publish("before");
    awaitNotifications("before");
    page.click("pause");
    page.awaitText("notifications-state", "disconnected");

    // When
    publish("while away");
    page.click("pause");

    // Then
    awaitNotifications("while away", "before");
    assertEquals(1, page.number("notifications-reconnects"));
  }

  @Test
  void goesOnInTheMiddleOfARun() {
    // Given
    page.click("play");
    page.awaitText("run", "Good news");
    page.click("pause");
    page.awaitText("ai-state", "disconnected");

    // When
    page.click("pause");

    // Then
    page.awaitText("run-state", "finished");
    String written = page.text("run");
    assertTrue(written.endsWith(WHOLE_RUN), written);
    assertEquals(written.indexOf("Good news"), written.lastIndexOf("Good news"), written);
  }

  @Test
  void goesOnAfterItsReplicaDied() {
    // Given
    publish("before");
    awaitNotifications("before");

    // When
    millrace.replicas("notifications-service").forEach(ProcessHandle::destroyForcibly);
    publish("meanwhile");

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertEquals(List.of("meanwhile", "before"), page.notifications()));
    assertTrue(page.number("notifications-reconnects") >= 1);
  }

  @Test
  void breaksNoneOfItsOwnRules() {
    publish("quiet");
    awaitNotifications("quiet");

    assertEquals(List.of(), page.complaints());
  }
}
