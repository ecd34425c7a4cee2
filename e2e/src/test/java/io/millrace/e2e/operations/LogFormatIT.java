package io.millrace.e2e.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.TestIssuer;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs for machines, where they are asked for. */
class LogFormatIT {

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"notifications", "ai-events"})
  void whatItSaysIsJson(String name) throws Exception {
    // Given
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults())) {
      kafka.createTopic(name, 1, Map.of());
      Map<String, String> environment = new HashMap<>(new TestIssuer(folder).environment());
      environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
      environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");

      // When
      try (ServiceProcess service = ServiceProcess.start(name + "-service", folder, environment)) {

        // Then
        List<JsonNode> lines = new ArrayList<>();
        // The JVM itself may say something, too.
        for (String line : service.said().lines().filter(said -> said.contains("MILL")).toList()) {
          lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
            .anyMatch(line -> line.path("message").asText().startsWith("MILL0002"))
            .allMatch(line -> line.has("timestamp") && line.has("level"));
      }
    }
  }
}
