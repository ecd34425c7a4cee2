package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart's drain window makes of a SIGTERM. */
class ServiceShutdownIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"notifications", "ai-events"})
  void aPodThatGoesAwayIsNotReadyButServesUntilItsWindowEnds(String name) throws Exception {
    // Given
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults())) {
      kafka.createTopic(name, 1, Map.of());
      TestIssuer issuer = new TestIssuer(folder);
      Map<String, String> environment = new HashMap<>(issuer.environment());
      environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
      environment.put("QUARKUS_SHUTDOWN_DELAY", "4s");
      String path = name.equals("ai-events") ? "/api/ai/events" : "/api/notifications";
      try (ServiceProcess service = ServiceProcess.start(name + "-service", folder, environment);
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
  }
}
