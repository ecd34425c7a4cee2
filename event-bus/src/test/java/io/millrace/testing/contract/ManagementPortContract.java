package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and meters have a port of their own, which no ingress leads to. */
public abstract class ManagementPortContract extends StreamTest {

  protected ManagementPortContract(Surface surface) {
    super(surface);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q",
        "/q/health",
        "/q/health/live",
        "/q/health/ready",
        "/q/health/started",
        "/q/metrics",
        "/q/info",
        "/metrics",
        "/health"
      })
  void isNotReachedThroughTheMainPort(String path) {
    assertEquals(404, send(SseRequest.to(server(), path)).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/info"})
  void answersProbesAndScrapes(String path) {
    try (var answer = management().get(path)) {
      assertEquals(200, answer.status());
    }
  }

  @Test
  void tellsWhatItWasBuiltFrom() {
    try (var answer = management().get("/q/info")) {
      JsonObject info = new JsonObject(answer.awaitEnd());

      assertEquals("0.1.0-SNAPSHOT", info.getJsonObject("build").getString("version"));
      String commit = info.getJsonObject("git").getJsonObject("commit").getString("id");
      assertTrue(commit.matches("[0-9a-f]{40}"), commit);
    }
  }

  @Test
  void hasNoStream() {
    try (var answer = management().get(surface.path())) {
      assertEquals(404, answer.status());
    }
  }

  @Test
  void countsWhatTheServiceDoes() {
    // Given
    double deliveries = management().meter("millrace_deliveries_total");
    double opened = management().meter("millrace_streams_opened_total");

    // When
    var stream = openAs(alice);
    publish(alice, "{\"n\":1}");
    stream.awaitFrame();

    // Then
    assertEquals(deliveries + 1, management().meter("millrace_deliveries_total"));
    assertEquals(opened + 1, management().meter("millrace_streams_opened_total"));
    assertTrue(management().meter("millrace_subscribers") >= 1);
    assertTrue(management().meter("millrace_delivery_latency_seconds_count") >= 1);
    assertTrue(management().meter("millrace_tail_age_seconds") > 0);
    assertEquals(1, management().meter("millrace_ready"));
    assertEquals(1, management().meter("millrace_keys_available"));
    assertEquals(2, management().meter("millrace_replay_readers"));
  }
}
