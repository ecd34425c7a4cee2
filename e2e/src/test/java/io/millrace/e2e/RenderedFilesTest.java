package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Files that are rendered from the chart and kept in the repository are what the chart renders now.
 * With {@code -Dmillrace.rendered=write} they are written instead of compared.
 */
class RenderedFilesTest {

  private static final String GOLDEN = "e2e/src/test/resources/chart/default.yaml";
  private static final String PLAIN = "k8s/millrace.yaml";
  private static final String README = "helm/millrace/README.md";
  private static final String VALUES = "## Values\n\n";
  private static final String HEADER =
      """
      # Rendered from helm/millrace with k8s/values.yaml. Not edited by hand: k8s/README.md says how to render it again.
      """;

  @Test
  void theChartRendersItsDefaultsAsReviewed() throws IOException {
    // When
    String rendered = Chart.renderText(Chart.leastValues(), Map.of());

    // Then
    assertRendered(GOLDEN, rendered);
  }

  @Test
  void thePlainManifestsAreTheChartsOwn() throws IOException {
    // When
    String rendered =
        Chart.renderText("millrace", "millrace", Repository.path("k8s/values.yaml"), Map.of());

    // Then
    assertRendered(PLAIN, HEADER + rendered);
  }

  @Test
  void theReadmeOfTheChartHasTheValuesAsTheyAre() throws IOException {
    // Given
    String readme = Repository.text(README);

    // When
    String table = ValuesComments.table(Repository.text("helm/millrace/values.yaml"));

    // Then
    assertRendered(README, readme.substring(0, readme.indexOf(VALUES)) + VALUES + table);
  }

  @Test
  void thePlainManifestsContainEveryResource() {
    // When
    Manifests manifests = Chart.render(Repository.path("k8s/values.yaml"));

    // Then
    assertThat(manifests.resources())
        .extracting(resource -> resource.path("kind").asText())
        .containsExactlyInAnyOrder(
            "ServiceAccount",
            "ConfigMap",
            "ConfigMap",
            "Service",
            "Service",
            "Deployment",
            "Deployment",
            "PodDisruptionBudget",
            "PodDisruptionBudget",
            "Ingress");
  }

  @Test
  void theExampleTopicsAreThoseOfTheContract() {
    // When
    Manifests topics = Manifests.parse(Repository.text("k8s/topics.yaml"));

    // Then
    assertThat(topics.ofKind("KafkaTopic"))
        .extracting(topic -> topic.at("/metadata/name").asText())
        .containsExactly(
            "notifications", "ai-events", "notifications.dlq", "ai-events.dlq", "stream-control");
    assertThat(topics.ofKind("KafkaTopic"))
        .extracting(topic -> topic.at("/spec/config/cleanup.policy").asText())
        .containsExactly("delete", "delete", "delete", "delete", "compact");
  }

  private static void assertRendered(String file, String rendered) throws IOException {
    Path path = Repository.path(file);
    if ("write".equals(System.getProperty("millrace.rendered"))) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, rendered);
    }
    assertThat(Files.readString(path))
        .as("%s; k8s/README.md says how to render it again", file)
        .isEqualTo(rendered);
  }
}
