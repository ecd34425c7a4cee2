package io.millrace.e2e.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor's page in a real browser: on a clean chain, and behind a hop that buffers. */
@Timeout(300)
class DoctorPageIT {

  private static final String CLEAN =
      "Nothing between this browser and the service holds events back";

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
  void openBrowser() {
    page = DemoBrowser.start(profile);
  }

  @AfterEach
  void closeBrowser() {
    if (page != null) {
      page.close();
    }
  }

  private static String token() throws Exception {
    return millrace.run("token", "--sub=alice", "--tenant=acme");
  }

  private void examine(String address, String stream, String token) {
    page.load(address + "/doctor/?stream=" + stream);
    page.type("token", token);
    page.click("examine");
  }

  private String verdict() {
    return page.attribute("verdict", "data-verdict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/notifications", "/api/ai/events"})
  void findsNothingOnACleanChain(String stream) throws Exception {
    // When
    examine(millrace.gateway(), stream, token());

    // Then
    page.awaitText("verdict", CLEAN);
    assertEquals("clean", verdict());
    assertEquals(3, page.count("#timelines svg"));
    assertEquals(17, page.count("#timelines .link"));
    assertEquals(17, page.count("#numbers tr"));
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void takesTheCookieOfTheSite() {
    // Given
    page.visit(millrace.gateway());
    page.click("doctor");

    // When
    page.click("examine");

    // Then
    page.awaitText("verdict", CLEAN);
  }

  @Test
  void namesAHopThatBuffers() throws Exception {
    try (BufferingHop hop = new BufferingHop(millrace.gateway())) {
      // When
      examine(hop.address(), "/api/notifications", token());

      // Then
      page.awaitText("verdict", "holds a response until it ends");
      assertEquals("found", verdict());
      assertTrue(page.count("#timelines .bad") >= 9, "late events in the picture");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no token"})
  void saysThatTheTokenIsNotAccepted(String token) {
    // When
    examine(millrace.gateway(), "/api/notifications", token);

    // Then
    page.awaitText("verdict", "/api/notifications/probe answered 401: ");
    assertEquals("refused", verdict());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "http://localhost:1/api/notifications"})
  void saysThatThereIsNoStream(String stream) {
    // When
    examine(millrace.gateway(), stream, "");

    // Then
    page.awaitText("verdict", stream.equals("/nothing") ? "answered 404" : "can't be reached");
    assertEquals("refused", verdict());
  }
}
