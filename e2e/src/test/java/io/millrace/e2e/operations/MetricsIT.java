package io.millrace.e2e.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.e2e.Requires;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.TopicWriter;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the real service: what is drawn, alerted on and written of is there.
 */
class MetricsIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String TOPIC = "notifications";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static ServiceProcess service;
  private static Prometheus prometheus;
  private static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    Requires.program("prometheus");
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic(TOPIC, 3, Map.of());
    issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    service = ServiceProcess.start("notifications-service", folder, environment);
    prometheus = Prometheus.start(folder, MetricNames.alerts(), service.managementAddress());
    await("a scrape").atMost(LONG).until(() -> prometheus.names().contains("millrace_ready"));
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (service != null) {
      service.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  private static void assertKnown(Set<String> names) throws Exception {
    assertThat(names).isNotEmpty();
    assertThat(prometheus.names()).containsAll(names);
  }

  @Test
  void everyMetricOfTheDashboardIsThere() throws Exception {
    assertKnown(MetricNames.in(MetricNames.ofDashboard()));
  }

  @Test
  void everyMetricOfTheAlertsIsThere() throws Exception {
    assertKnown(MetricNames.in(MetricNames.ofAlerts()));
  }

  @Test
  void everyMetricOfTheDocsIsThere() throws Exception {
    assertKnown(MetricNames.inDocs());
  }

  @Test
  void everyQueryOfTheDashboardIsUnderstood() throws Exception {
    for (String query : MetricNames.ofDashboard()) {
      prometheus.query(query);
    }
  }

  @Test
  void everyAlertIsEvaluatedAndNoneFiresWhenAllIsWell() {
    await("evaluations")
        .atMost(LONG)
        .untilAsserted(
            () -> {
              JsonNode rules = prometheus.rules();
              assertThat(rules.size()).isEqualTo(MetricNames.ofAlerts().size());
              assertThat(rules.findValuesAsText("health")).containsOnly("ok");
              assertThat(rules.findValuesAsText("state")).containsOnly("inactive");
            });
  }

  @Test
  void latencyAndStreamsAreSeenByTheQueriesThatDrawThem() throws Exception {
    // Given
    try (TopicWriter topics = new TopicWriter(kafka.bootstrapServers());
        SseReader reader =
            SseReader.open(
                service.uri("/api/notifications"), "Authorization", issuer.bearer("alice"))) {
      reader.awaitLine(": ready");

      // When
      topics.publish(TOPIC, "user:alice", "1");

      // Then
      reader.awaitEvents(1);
      for (String query :
          List.of("millrace_subscribers > 0", "millrace_delivery_latency_seconds_count > 0")) {
        await(query).atMost(LONG).until(() -> prometheus.query(query).size() == 1);
      }
    }
  }
}
