package io.millrace.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server and a real Helm say to the chart. No pod has to run. */
@Tag("cluster")
class ChartIT {

  private static final Path CHART = Repository.path("helm/millrace");
  private static final Path BEFORE = Repository.path("e2e/src/test/resources/chart/0.1.0");

  private static final List<String> EXPECTED =
      List.of(
          "(server dry run)",
          // Custom resources of controllers that are not installed.
          "resource mapping not found for name",
          "ensure CRDs are installed first",
          // GKE's controller reads no other.
          "annotation \"kubernetes.io/ingress.class\" is deprecated");

  @TempDir Path folder;

  private Cluster cluster;
  private TestNamespace namespace;

  static List<Path> ciValues() throws IOException {
    try (Stream<Path> files = Files.list(CHART.resolve("ci"))) {
      return files.sorted().toList();
    }
  }

  @BeforeEach
  void connect() {
    cluster = Cluster.connect();
    namespace = cluster.namespace("chart");
  }

  @AfterEach
  void leave() {
    if (namespace != null) {
      namespace.close();
    }
    cluster.close();
  }

  /** Also as the restricted pod security standard, of which it would warn. */
  @ParameterizedTest
  @MethodSource("ciValues")
  void theApiServerAcceptsEveryBranch(Path values) throws IOException {
    // Given
    String rendered =
        cluster
            .terminal()
            .helm(
                List.of(
                    "template",
                    Release.NAME,
                    CHART.toString(),
                    "-n",
                    namespace.name(),
                    "-f",
                    values.toString()))
            .succeeded();
    Path manifests = Files.writeString(folder.resolve("manifests.yaml"), rendered);

    // When
    Terminal.Output said =
        cluster
            .terminal()
            .kubectl(
                "-n", namespace.name(), "apply", "--dry-run=server", "-f", manifests.toString());

    // Then
    assertThat(said.text().lines())
        .anyMatch(line -> line.startsWith("deployment.apps/"))
        .allMatch(line -> EXPECTED.stream().anyMatch(line::contains));
  }

  @Test
  void theChartBeforeThisOneIsUpgradedInPlace() {
    // Given
    Release release =
        Release.install(
            namespace,
            BEFORE,
            noPods(
                Map.of(
                    "kafka.bootstrapServers", "kafka:9092",
                    "jwt.jwksUrl", "https://idp.example.com/jwks.json",
                    "jwt.issuer", "https://idp.example.com",
                    "jwt.audiences", List.of("millrace"))));

    // When
    release.upgrade(Map.of());

    // Then
    assertThat(release.deployment("notifications").get().getMetadata().getLabels())
        .containsEntry("helm.sh/chart", "millrace-0.2.0");
  }

  @Test
  void anUpgradeKeepsTheKeyOfATrial() {
    // Given
    Release release =
        Release.install(
            namespace,
            noPods(Map.of("kafka.bootstrapServers", "kafka:9092", "auth.trial.enabled", true)));
    Map<String, String> key = trialKey().getData();

    // When
    release.upgrade(Map.of("heartbeatSeconds", 20));

    // Then
    assertThat(key).containsOnlyKeys("key", "public-key");
    assertThat(trialKey().getData()).isEqualTo(key);
  }

  private Secret trialKey() {
    return cluster
        .client()
        .secrets()
        .inNamespace(namespace.name())
        .withName(Release.NAME + "-trial-key")
        .require();
  }

  private static Map<String, Object> noPods(Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("notifications.replicas", 0);
    all.put("aiEvents.replicas", 0);
    return all;
  }
}
