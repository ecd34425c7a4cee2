package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The services run with the very environment that the chart gives their pods. */
class ChartedServiceIT {

  private static final String PAGE = "https://app.example.com";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 1, Map.of());
    kafka.createTopic("ai-events", 1, Map.of());
    issuer = new TestIssuer(folder);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @ParameterizedTest
  @CsvSource({"notifications, /api/notifications", "ai-events, /api/ai/events"})
  void settingsOfTheChartTakeEffect(String name, String path) throws Exception {
    // Given
    Map<String, Object> settings =
        Map.of(
            "heartbeatSeconds",
            1,
            "cors.origins[0]",
            PAGE,
            "jwt.cookie",
            "session",
            "drain.windowSeconds",
            0);
    String token = issuer.bearer("alice").substring("Bearer ".length());

    // When
    try (ServiceProcess service = start(name, settings);
        SseReader reader =
            SseReader.open(service.uri(path), "Cookie", "session=" + token, "Origin", PAGE)) {

      // Then
      reader.awaitLine(": ready");
      reader.awaitLine(": hb ");
      assertThat(reader.response().headers().firstValue("Access-Control-Allow-Origin"))
          .contains(PAGE);
    }
  }

  @ParameterizedTest
  @CsvSource({"notifications, /api/notifications", "ai-events, /api/ai/events"})
  void aPodThatGoesAwayIsNotReadyButServesUntilItsWindowEnds(String name, String path)
      throws Exception {
    // Given
    try (ServiceProcess service = start(name, Map.of("drain.windowSeconds", 4));
        SseReader reader =
            SseReader.open(service.uri(path), "Authorization", issuer.bearer("alice"))) {
      reader.awaitLine(": ready");

      // When
      service.terminate();

      // Then
      await("not ready").atMost(SseReader.PATIENCE).until(() -> service.readiness() == 503);
      assertThat(service.isAlive()).isTrue();
      await("gone").atMost(SseReader.PATIENCE).until(() -> !service.isAlive());
      reader.awaitEnding();
    }
  }

  private static ServiceProcess start(String name, Map<String, Object> settings) throws Exception {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("kafka.bootstrapServers", kafka.bootstrapServers());
    all.put("jwt.issuer", TestIssuer.ISSUER);
    all.put("jwt.audiences[0]", TestIssuer.AUDIENCE);
    Manifests manifests =
        Chart.render(Repository.path("helm/millrace/ci/public-key-values.yaml"), all);
    JsonNode config = manifests.named("ConfigMap", "-" + name).path("data");
    Map<String, String> environment = new HashMap<>();
    config
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    // The one thing a pod has and a process has not: the mounted file.
    environment.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", issuer.publicKey().toUri().toString());
    return ServiceProcess.start(name + "-service", folder, environment);
  }
}
