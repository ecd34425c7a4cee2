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

/**
 * From the chart before this one, a copy of which is kept, with values that were written for it.
 */
class ChartUpgradeTest {

  private static final Path BEFORE = Repository.path("e2e/src/test/resources/chart/0.1.0");

  static List<Path> valuesBefore() throws IOException {
    try (Stream<Path> files = Files.list(BEFORE.resolve("ci"))) {
      return files.sorted().toList();
    }
  }

  /** Kubernetes refuses another selector, and another name would be a second release. */
  @ParameterizedTest
  @MethodSource("valuesBefore")
  void whatCanNotBeChangedInPlaceStaysAsItWas(Path values) {
    // Given
    Manifests before = Manifests.parse(Chart.renderText(BEFORE, values));

    // When
    Manifests now = Chart.render(values);

    // Then
    for (JsonNode was : before.resources()) {
      JsonNode is = now.named(was.path("kind").asText(), was.at("/metadata/name").asText());
      assertThat(is.at("/metadata/name")).isEqualTo(was.at("/metadata/name"));
      assertThat(is.path("apiVersion")).isEqualTo(was.path("apiVersion"));
      assertThat(is.at("/spec/selector")).isEqualTo(was.at("/spec/selector"));
    }
  }

  @Test
  void thatNewDefaultsWereLeftOutIsSaid() {
    // Given: helm upgrade --reuse-values puts the defaults of then in the place of those of now
    Map<String, Object> settings = Map.of("auth", "null");

    // When, Then
    assertThatThrownBy(() -> Chart.render(Chart.leastValues(), settings))
        .hasMessageContaining("--reset-then-reuse-values");
  }

  /** Some copy values.yaml whole. */
  @ParameterizedTest
  @MethodSource("valuesBefore")
  void theDefaultsOfThenMeanToTheServicesWhatThoseOfNowDo(Path values) {
    // Given
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
