package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are rendered from the chart and kept in the repository are what the chart renders now.
 * With {@code -Dmillrace.rendered=write} they are written instead of compared.
 */
class RenderedFilesTest {

  private static final String GOLDEN = "e2e/src/test/resources/chart/default.yaml";
  private static final String README = "helm/millrace/README.md";
  private static final String VALUES = "## Values\n\n";
  private static final String HEADER =
      """
      # Rendered from helm/millrace with the values.yaml of this folder. Not edited by hand: k8s/README.md says how to render it again.
      """;

  @Test
  void theChartRendersItsDefaultsAsReviewed() throws IOException {
    // When
    String rendered = Chart.renderText(Chart.leastValues(), Map.of());

    // Then
    assertRendered(GOLDEN, rendered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s", "k8s/strimzi"})
  void thePlainManifestsAreTheChartsOwn(String folder) throws IOException {
    // Given
    Path values = Repository.path(folder + "/values.yaml");

    // When
    String rendered = Chart.renderText("millrace", "millrace", values, Map.of());

    // Then
    assertRendered(folder + "/millrace.yaml", HEADER + rendered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s", "k8s/strimzi"})
  void theKustomizationsNameEveryManifestBesideThem(String folder) throws IOException {
    // Given: what is no resource of the cluster
    Set<String> others = Set.of("kustomization.yaml", "values.yaml", "kind.yaml");

    // When
    JsonNode named = Yaml.tree(Repository.text(folder + "/kustomization.yaml")).path("resources");

    // Then
    try (Stream<Path> files = Files.list(Repository.path(folder))) {
      assertThat(named)
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(".yaml") && !others.contains(file))
                  .toList());
    }
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
  void theExampleClusterIsTheOneThatTheManifestsUse() {
    // Given
    Manifests kafka = Manifests.parse(Repository.text("k8s/strimzi/kafka.yaml"));

    // When
    Manifests millrace = Manifests.parse(Repository.text("k8s/strimzi/millrace.yaml"));

    // Then
    String cluster = kafka.only("Kafka").at("/metadata/name").asText();
    assertThat(millrace.ofKind("KafkaUser"))
        .hasSize(2)
        .allSatisfy(
            user ->
                assertThat(user.at("/metadata/labels/strimzi.io~1cluster").asText())
                    .isEqualTo(cluster));
    assertThat(
            millrace
                .named("ConfigMap", "-notifications")
                .at("/data/KAFKA_BOOTSTRAP_SERVERS")
                .asText())
        .isEqualTo(
            cluster
                + "-kafka-bootstrap.millrace.svc:"
                + kafka.only("Kafka").at("/spec/kafka/listeners/0/port"));
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
