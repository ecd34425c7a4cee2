package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What scales, places, shields and watches the pods. */
class ChartOperationsTest {

  private final Manifests manifests = Chart.render(Chart.ci("operations"));

  @Test
  void scalesOnStreamsAndDownByOnePodADrainWindow() {
    // When
    JsonNode scaler =
        Chart.render(Chart.ci("operations"), Map.of("drain.windowSeconds", 120))
            .named("HorizontalPodAutoscaler", "-notifications")
            .path("spec");

    // Then: 70 % of 20,000 streams
    assertThat(scaler.at("/metrics/0/pods/metric/name").asText()).isEqualTo("millrace_subscribers");
    assertThat(scaler.at("/metrics/0/pods/target/averageValue").asText()).isEqualTo("14000");
    assertThat(scaler.at("/metrics/1/resource/name").asText()).isEqualTo("cpu");
    JsonNode down = scaler.at("/behavior/scaleDown");
    assertThat(down.path("stabilizationWindowSeconds").asInt()).isEqualTo(600);
    assertThat(down.path("policies")).hasSize(1);
    assertThat(down.at("/policies/0/value").asInt()).isEqualTo(1);
    assertThat(down.at("/policies/0/periodSeconds").asInt()).isEqualTo(135);
  }

  @Test
  void aMetricThatIsZeroIsLeftOut() {
    // When
    JsonNode metrics = manifests.named("HorizontalPodAutoscaler", "-ai-events").at("/spec/metrics");

    // Then
    assertThat(metrics).hasSize(1);
    assertThat(metrics.at("/0/type").asText()).isEqualTo("Resource");
  }

  @Test
  void theNumberOfPodsIsTheScalersAloneWhereThereIsOne() {
    assertThat(manifests.named("Deployment", "-notifications").at("/spec/replicas").isMissingNode())
        .isTrue();
    assertThat(
            Chart.render(Chart.leastValues())
                .named("Deployment", "-notifications")
                .at("/spec/replicas")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void aBudgetLetsOnePodGoAndIsLeftOutWhereItIsOff() {
    // When
    JsonNode budget = manifests.only("PodDisruptionBudget");

    // Then
    assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
    assertThat(budget.at("/spec/selector/matchLabels"))
        .isEqualTo(
            manifests.named("Deployment", "-notifications").at("/spec/selector/matchLabels"));
  }

  @Test
  void whatIsSetForOneServiceWinsOverWhatIsSetForBoth() {
    // When
    JsonNode notifications = manifests.podOf("-notifications");
    JsonNode aiEvents = manifests.podOf("-ai-events");

    // Then
    assertThat(notifications.path("nodeSelector"))
        .isEqualTo(Yaml.tree("{kubernetes.io/arch: arm64}"));
    assertThat(aiEvents.path("nodeSelector")).isEqualTo(Yaml.tree("{kubernetes.io/os: linux}"));
    assertThat(notifications.has("topologySpreadConstraints")).isFalse();
    assertThat(aiEvents.path("topologySpreadConstraints"))
        .hasSize(2)
        .allSatisfy(
            spread ->
                assertThat(spread.path("whenUnsatisfiable").asText()).isEqualTo("ScheduleAnyway"));
    assertThat(manifests.named("Deployment", "-notifications").at("/spec/minReadySeconds").asInt())
        .isEqualTo(20);
    assertThat(manifests.named("Deployment", "-ai-events").at("/spec/minReadySeconds").asInt())
        .isEqualTo(5);
  }

  @Test
  void whatThePodsAreGivenReachesThem() {
    // When
    JsonNode deployment = manifests.named("Deployment", "-notifications");

    // Then
    JsonNode template = deployment.at("/spec/template");
    JsonNode pod = template.path("spec");
    JsonNode container = pod.at("/containers/0");
    assertThat(template.at("/metadata/annotations/example.com~1team").asText()).isEqualTo("events");
    assertThat(template.at("/metadata/labels/example.com~1cost-center").asText()).isEqualTo("4711");
    assertThat(pod.path("priorityClassName").asText()).isEqualTo("high-priority");
    assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("dedicated");
    assertThat(pod.path("affinity").has("nodeAffinity")).isTrue();
    assertThat(pod.path("volumes").findValuesAsText("name")).contains("certificates");
    assertThat(container.path("volumeMounts").findValuesAsText("name")).contains("certificates");
    assertThat(container.at("/env/0/name").asText()).isEqualTo("JAVA_OPTS_APPEND");
    assertThat(container.at("/envFrom/1/configMapRef/name").asText()).isEqualTo("shared-settings");
  }

  @Test
  void aPolicyOpensThePortsThatOtherValuesName() {
    // When
    JsonNode policy = manifests.named("NetworkPolicy", "-notifications").path("spec");

    // Then: brokers, key set, trace collector, and what the user adds
    assertThat(ports(policy.at("/egress/1"))).containsExactly(9093, 9094, 8443, 4317, 9095);
    assertThat(ports(policy.at("/egress/0"))).containsExactly(53, 53);
    assertThat(ports(policy.at("/ingress/0"))).containsExactly(8080);
    assertThat(ports(policy.at("/ingress/1"))).containsExactly(9000);
    assertThat(policy.at("/ingress/0/from")).hasSize(2);
    assertThat(policy.path("policyTypes")).hasSize(2);
  }

  @Test
  void aTrialsPolicyLetsTheServicesReachItsBroker() {
    // When
    JsonNode policy =
        Chart.render(Chart.ci("trial"), Map.of("networkPolicy.enabled", true))
            .named("NetworkPolicy", "-ai-events");

    // Then: the Service's port and the pod's, which is what a policy sees
    assertThat(ports(policy.at("/spec/egress/1"))).containsExactly(9092, 9094);
  }

  @Test
  void prometheusFindsThePodsOnTheManagementPort() {
    // When
    JsonNode monitor = manifests.named("ServiceMonitor", "-notifications");

    // Then
    JsonNode service = manifests.named("Service", "-notifications-metrics");
    monitor
        .at("/spec/selector/matchLabels")
        .properties()
        .forEach(
            label ->
                assertThat(service.at("/metadata/labels").path(label.getKey()))
                    .isEqualTo(label.getValue()));
    assertThat(service.at("/spec/ports/0/name")).isEqualTo(monitor.at("/spec/endpoints/0/port"));
    assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
    assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    assertThat(manifests.ofKind("PodMonitor")).hasSize(2);
  }

  @Test
  void alertsAndDashboardAreTheFilesUnchanged() {
    // Given
    JsonNode alerts = Yaml.tree(Repository.text("helm/millrace/files/alerts.yaml"));
    String dashboard = Repository.text("helm/millrace/files/dashboard.json");

    // When
    JsonNode rule = manifests.only("PrometheusRule");
    JsonNode config = manifests.named("ConfigMap", "-dashboard");

    // Then
    assertThat(rule.path("spec")).isEqualTo(alerts);
    assertThat(config.at("/data/millrace.json").asText()).isEqualTo(dashboard);
    assertThat(config.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
  }

  @Test
  void tracesAndJsonLogsAreSwitchedOnByTheServicesOwnKeys() {
    // When
    JsonNode config = manifests.named("ConfigMap", "-notifications").path("data");

    // Then
    assertThat(config.path("QUARKUS_OTEL_SDK_DISABLED").asText()).isEqualTo("false");
    assertThat(config.path("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT").asText())
        .isEqualTo("http://otel-collector.monitoring:4317");
    assertThat(config.path("QUARKUS_OTEL_TRACES_SAMPLER_ARG").asText()).isEqualTo("0.1");
    assertThat(config.path("QUARKUS_LOG_CONSOLE_JSON_ENABLED").asText()).isEqualTo("true");
  }

  private static List<Integer> ports(JsonNode rule) {
    return StreamSupport.stream(rule.path("ports").spliterator(), false)
        .map(port -> port.path("port").asInt())
        .toList();
  }
}
