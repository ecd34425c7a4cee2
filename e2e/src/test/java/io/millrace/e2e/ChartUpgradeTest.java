package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values written for the chart before this one, also those who copied its values.yaml whole. */
class ChartUpgradeTest {

  private static final Path BEFORE = Repository.path("e2e/src/test/resources/chart/0.1.0");

  static List<Path> valuesBefore() throws IOException {
    try (Stream<Path> files = Files.list(BEFORE)) {
      return files.filter(file -> file.toString().endsWith("-values.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("valuesBefore")
  void theyStillWork(Path values) {
    // When
    Manifests manifests = Chart.render(List.of(BEFORE.resolve("values.yaml"), values));

    // Then
    assertThat(manifests.ofKind("Deployment")).isNotEmpty();
  }

  @Test
  void thatNewDefaultsWereLeftOutIsSaid() {
    // Given: helm upgrade --reuse-values puts the defaults of then in the place of those of now
    Map<String, Object> settings = Map.of("auth", "null");

    // When, Then
    assertThatThrownBy(() -> Chart.render(Chart.leastValues(), settings))
        .hasMessageContaining("--reset-then-reuse-values");
  }

  @ParameterizedTest
  @MethodSource("valuesBefore")
  void theySayWhatTheyDidToTheServices(Path values) {
    // Given: what they mean without the defaults of then
    Manifests now = Chart.render(List.of(values));

    // When
    Manifests kept = Chart.render(List.of(BEFORE.resolve("values.yaml"), values));

    // Then
    for (JsonNode config : now.ofKind("ConfigMap")) {
      String name = config.at("/metadata/name").asText();
      assertThat(kept.named("ConfigMap", name).path("data")).isEqualTo(config.path("data"));
    }
  }
}
