package io.millrace.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.doctor.Diagnosis.Diagnosed;
import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Obstacle;
import io.millrace.cli.doctor.finding.Obstructed;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.tier.Rule;
import io.millrace.cli.doctor.tier.Suspect;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final URI PROBE = URI.create("https://app.example/api/notifications/probe");
  private static final Suspect NGINX = new Suspect("nginx", "nginx", "its header Server");

  private static Diagnosis diagnosis() {
    Diagnosed note =
        new Diagnosed(
            Finding.of(Ailment.HTTP1_BROWSER_LIMIT, Severity.NOTE, "HTTP/1.1 to the first tier"),
            List.of(),
            new Rule("ingress/README.md", "the rules"),
            "");
    Diagnosed fault =
        new Diagnosed(
            new Finding(
                Ailment.RESPONSE_BUFFERING, Severity.BROKEN, "10 events arrived at once", 1800),
            List.of(NGINX),
            new Rule("ingress/nginx/sse-proxy.conf:18", "proxy_buffering off;"),
            "not at the origin: it is between here and there");
    return new Diagnosis(
        PROBE,
        List.of("HTTP/1.1", "HTTP/1.0"),
        List.of(NGINX),
        List.of(note, fault),
        List.of(),
        "total-cap above 17 s",
        Optional.empty(),
        17);
  }

  private static Diagnosis obstacle() {
    return new Diagnosis(
        PROBE,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "",
        Optional.of(new Obstructed(Obstacle.LOGIN_PAGE, "app.example redirects to /login.")),
        0);
  }

  @Test
  void tellsTheWorstFirstAndWhatToDo() {
    // When
    String text = TextReport.of(diagnosis());

    // Then
    assertEquals(
        """
        https://app.example/api/notifications/probe
        HTTP/1.1 to the first tier, HTTP/1.0 at the service; shows: nginx (its header Server)

        broken: response-buffering
          Events are collected and passed on in batches or at the end.
          seen:   10 events arrived at once
          where:  not at the origin: it is between here and there
          likely: nginx (its header Server)
          rule:   ingress/nginx/sse-proxy.conf:18  proxy_buffering off;

        note: http1-browser-limit
          Browsers open at most six streams to a server that speaks no HTTP/2.
          seen:   HTTP/1.1 to the first tier

        not proven: total-cap above 17 s
        1 fault found, in 17 s.
        """,
        text);
  }

  @Test
  void tellsAnObstacleInOneSentence() {
    // When
    String text = TextReport.of(obstacle());

    // Then
    assertEquals(
        """
        https://app.example/api/notifications/probe

        login-page: app.example redirects to /login.
        """,
        text);
  }

  @Test
  void tellsAPipelineTheSame() {
    // When
    JsonObject json = new JsonObject(JsonReport.of(diagnosis()));

    // Then
    JsonObject first = json.getJsonArray("findings").getJsonObject(0);
    assertEquals(3, json.getInteger("status"));
    assertEquals("response-buffering", first.getString("name"));
    assertEquals("broken", first.getString("severity"));
    assertEquals(1800.0, first.getDouble("amount"));
    assertEquals("nginx", first.getJsonArray("suspects").getJsonObject(0).getString("id"));
    assertEquals("ingress/nginx/sse-proxy.conf:18", first.getJsonObject("rule").getString("place"));
    assertEquals("total-cap above 17 s", json.getJsonArray("notProven").getString(0));
  }

  @Test
  void tellsAPipelineOfAnObstacle() {
    // When
    JsonObject json = new JsonObject(JsonReport.of(obstacle()));

    // Then
    assertEquals(12, json.getInteger("status"));
    assertEquals("login-page", json.getJsonObject("obstacle").getString("name"));
  }

  @Test
  void doesNotTakeWhatWasNotSeenForHealthy() {
    // Given
    Diagnosis blind =
        new Diagnosis(
            PROBE,
            List.of("HTTP/1.1", "HTTP/1.1"),
            List.of(),
            List.of(),
            List.of("compression: only 2 of 5 requests were answered"),
            "",
            Optional.empty(),
            5);

    // When
    String text = TextReport.of(blind);

    // Then
    assertTrue(text.endsWith("No fault found, but not all could be examined, in 5 s.\n"), text);
    assertEquals(15, blind.exitStatus());
  }
}
