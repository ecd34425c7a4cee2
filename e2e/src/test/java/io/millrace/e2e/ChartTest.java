package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders, branch by branch. */
class ChartTest {

  static List<Path> ciValues() {
    return Chart.ciValues();
  }

  @Test
  void passesTheStrictLint() {
    // When
    LintResult result = Chart.lint();

    // Then
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void everyBranchRendersWellFormedResourcesWithUniqueNames(Path values) {
    // When
    Manifests manifests = Chart.render(values);

    // Then
    Set<String> names = new HashSet<>();
    for (JsonNode resource : manifests.resources()) {
      assertThat(resource.path("apiVersion").asText()).isNotEmpty();
      if (!resource.path("apiVersion").asText().startsWith("kafka.strimzi.io/")) {
        assertThat(resource.at("/metadata/namespace").asText()).isEqualTo(Chart.NAMESPACE);
      }
      assertThat(names.add(resource.path("kind") + "/" + resource.at("/metadata/name"))).isTrue();
    }
    assertThat(manifests.ofKind("ServiceAccount")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void podsAreAsSafeAsTheRestrictedStandardAsks(Path values) {
    // When
    Manifests manifests = Chart.renderWithTests(values);

    // Then
    assertThat(manifests.pods()).isNotEmpty();
    for (JsonNode pod : manifests.pods()) {
      JsonNode container = pod.path("containers").path(0);
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
          .isFalse();
      assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
      assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
      assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
    }
    assertThat(
            manifests.only("ServiceAccount").path("automountServiceAccountToken").asBoolean(true))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications", "ai-events"})
  void selectorsMatchThePodsAndDoNotCrossServices(String service) {
    // When
    Manifests manifests = Chart.render(Chart.leastValues());

    // Then
    JsonNode deployment = manifests.named("Deployment", service);
    JsonNode selector = deployment.at("/spec/selector/matchLabels");
    assertThat(deployment.at("/spec/template/metadata/labels")).isEqualTo(selector);
    assertThat(manifests.named("Service", service).at("/spec/selector")).isEqualTo(selector);
    assertThat(selector.path("app.kubernetes.io/component").asText()).isEqualTo(service);
  }

  @Test
  void theManagementPortIsOnNoService() {
    // When
    Manifests manifests = Chart.render(Chart.leastValues());

    // Then
    for (JsonNode service : manifests.ofKind("Service")) {
      assertThat(service.at("/spec/ports")).hasSize(1);
      assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
    }
  }

  @Test
  void theGracePeriodFollowsFromTheDrainWindow() {
    // When
    Manifests manifests = Chart.render(Chart.leastValues(), Map.of("drain.windowSeconds", 120));

    // Then: the window and fifteen seconds for the rest of the shutdown
    assertThat(manifests.podOf("notifications").path("terminationGracePeriodSeconds").asInt())
        .isEqualTo(135);
    assertThat(config(manifests).path("QUARKUS_SHUTDOWN_DELAY").asText()).isEqualTo("120s");
  }

  @Test
  void aChangedSettingRollsThePods() {
    // When
    Manifests before = Chart.render(Chart.leastValues());
    Manifests after = Chart.render(Chart.leastValues(), Map.of("heartbeatSeconds", 20));

    // Then
    assertThat(checksum(after)).isNotEmpty().isNotEqualTo(checksum(before));
  }

  @Test
  void configurationReachesTheServiceUnderItsOwnKeys() {
    // When
    JsonNode config =
        config(
            Chart.render(
                Repository.path("helm/millrace/ci/everything-values.yaml"),
                Map.of("tail.maxBytes", 67_108_865L)));

    // Then: no exponent, no quotes lost
    assertThat(config.path("MILLRACE_TAIL_MAX_BYTES").asText()).isEqualTo("67108865");
    assertThat(config.path("MILLRACE_LIMITS_PER_CALLER_MODE").asText()).isEqualTo("end-oldest");
    assertThat(config.path("MILLRACE_LIMITS_OVERLOAD_RESPONSE").asText()).isEqualTo("503");
    assertThat(config.path("MILLRACE_CONNECTION_IDLE").asText()).isEqualTo("0s");
    assertThat(config.path("KAFKA_REQUEST_TIMEOUT_MS").asText()).isEqualTo("20000");
    assertThat(config.path("KAFKA_SECURITY_PROTOCOL").asText()).isEqualTo("SASL_SSL");
    assertThat(config.path("QUARKUS_HTTP_CORS_ORIGINS").asText())
        .isEqualTo("https://app.example.com,http://localhost:5173");
    assertThat(config).allMatch(JsonNode::isTextual);
  }

  @Test
  void aKeyIsMountedWhereTheServiceLooksForIt() {
    // When
    Manifests manifests = Chart.render(Repository.path("helm/millrace/ci/public-key-values.yaml"));

    // Then
    JsonNode mount = manifests.podOf("notifications").at("/containers/0/volumeMounts/1");
    String file =
        mount.path("mountPath").asText()
            + "/"
            + manifests.named("ConfigMap", "-jwt").path("data").fieldNames().next();
    assertThat(config(manifests).path("MP_JWT_VERIFY_PUBLICKEY_LOCATION").asText())
        .isEqualTo("file:" + file);
  }

  @Test
  void aServiceThatIsOffLeavesNothingBehind() {
    // When
    Manifests manifests =
        Chart.render(Repository.path("helm/millrace/ci/single-service-values.yaml"));

    // Then
    assertThat(Stream.of("Deployment", "Service", "ConfigMap").map(manifests::only))
        .allMatch(resource -> resource.at("/metadata/name").asText().endsWith("-ai-events"));
    assertThat(manifests.only("Ingress").at("/spec/rules/0/http/paths")).hasSize(2);
  }

  private static JsonNode config(Manifests manifests) {
    return manifests.named("ConfigMap", "-notifications").path("data");
  }

  private static String checksum(Manifests manifests) {
    return manifests
        .named("Deployment", "notifications")
        .at("/spec/template/metadata/annotations/checksum~1config")
        .asText();
  }
}
