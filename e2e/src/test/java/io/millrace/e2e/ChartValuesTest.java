package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart refuses, and what it says of each value. */
class ChartValuesTest {

  private static final String VALUES = "helm/millrace/values.yaml";

  @ParameterizedTest
  @CsvSource({
    "ingress.timeoutSeconds, 1h, /ingress/timeoutSeconds",
    "ingress.timeoutSeconds, 3600s, /ingress/timeoutSeconds",
    "ingress.timeoutSeconds, 0, /ingress/timeoutSeconds",
    "ingress.connectTimeoutSeconds, 5s, /ingress/connectTimeoutSeconds",
    "heartbeatSeconds, 25s, /heartbeatSeconds",
    "heartbeatSeconds, 0, /heartbeatSeconds",
    "tail.maxBytes, 64M, /tail/maxBytes",
    "tail.maxAgeSeconds, 15m, /tail/maxAgeSeconds",
    "tail.warmStartSeconds, 5m, /tail/warmStartSeconds",
    "runs.maxKnown, 0, /runs/maxKnown",
    "runs.forgetAfterSeconds, 1h, /runs/forgetAfterSeconds",
    "runs.lookBackSeconds, 15m, /runs/lookBackSeconds",
    "connection.maxAgeSeconds, 55m, /connection/maxAgeSeconds",
    "connection.sendBufferBytes, 64K, /connection/sendBufferBytes",
    "connection.idleSeconds, 1h, /connection/idleSeconds",
    "connection.maxStallSeconds, 0, /connection/maxStallSeconds",
    "connection.tcpUserTimeoutSeconds, 90s, /connection/tcpUserTimeoutSeconds",
    "limits.maxStreams, 0, /limits/maxStreams",
    "limits.maxStreamsPerCaller, -1, /limits/maxStreamsPerCaller",
    "limits.perCallerMode, newest, /limits/perCallerMode",
    "limits.maxStreamsPerAddress, many, /limits/maxStreamsPerAddress",
    "limits.maxAuthenticating, 0, /limits/maxAuthenticating",
    "limits.overloadResponse, 429, /limits/overloadResponse",
    "topic.maxEventSizeBytes, 64K, /topic/maxEventSizeBytes",
    "drain.windowSeconds, 30s, /drain/windowSeconds",
    "notifications.replicas, many, /notifications/replicas",
    "aiEvents.replicas, -1, /aiEvents/replicas",
    "jwt.algorithm, HS256, /jwt/algorithm",
    "jwt.algorithm, none, /jwt/algorithm",
    "ingress.host, https://events.example.com, /ingress/host",
    "image.pullPolicy, Sometimes, /image/pullPolicy",
    "notifications.autoscaling.maxReplicas, 0, /notifications/autoscaling/maxReplicas",
    "aiEvents.autoscaling.targetStreamsPercent, 140, /aiEvents/autoscaling/targetStreamsPercent",
    "aiEvents.autoscaling.targetCPUPercent, 80%, /aiEvents/autoscaling/targetCPUPercent",
    "notifications.podDisruptionBudget.maxUnavailable, 0, /notifications/podDisruptionBudget/maxUnavailable",
    "notifications.podDisruptionBudget.maxUnavailable, 50%, /notifications/podDisruptionBudget/maxUnavailable",
    "minReadySeconds, 5s, /minReadySeconds",
    "aiEvents.minReadySeconds, 5s, /aiEvents/minReadySeconds",
    "revisionHistoryLimit, none, /revisionHistoryLimit",
    "podLabels.app\\.kubernetes\\.io/name, mine, app.kubernetes.io/name",
    "nodeSelector, gpu, /nodeSelector",
    "kafka.existingSecret, My Secret, /kafka/existingSecret",
    "kafka.strimzi.authentication, plain, /kafka/strimzi/authentication",
    "kafka.strimzi.partitions, 0, /kafka/strimzi/partitions",
    "kafka.trial.storage, 1 GB, /kafka/trial/storage",
    "networkPolicy.egressPorts[0], 99999, /networkPolicy/egressPorts/0",
    "monitoring.intervalSeconds, 30s, /monitoring/intervalSeconds",
    "tracing.samplingRatio, 5, /tracing/samplingRatio",
    "logs.json, maybe, /logs/json",
    "ingress.timeout, 3600, timeout",
    "kafka.bootstrap, kafka:9092, bootstrap",
  })
  void aWrongValueIsRefusedByName(String key, String value, String named) {
    assertThatThrownBy(() -> Chart.render(Chart.leastValues(), Map.of(key, number(value))))
        .hasMessageContaining(named);
  }

  /** As {@code --set} reads it. */
  private static Object number(String value) {
    return value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.bootstrapServers, kafka.bootstrapServers is required",
    "jwt.jwksUrl, jwt.jwksUrl or jwt.publicKey is required",
    "jwt.issuer, jwt.issuer is required",
    "jwt.audiences[0], jwt.audiences is required",
  })
  void aMissingValueIsAskedForByName(String key, String message) {
    // Given
    Map<String, Object> settings = new TreeMap<>(required());
    settings.remove(key);

    // When, Then
    assertThatThrownBy(() -> Chart.renderBare(settings)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.bootstrapServers, kafka, must be host:port",
    "kafka.bootstrapServers, kafka://kafka:9092, must be host:port",
    "kafka.bootstrapServers, 'a:9092, b:9092', must be host:port",
    "jwt.jwksUrl, idp.example.com/jwks, must be the http(s) URL of a key set",
    "cors.origins[0], *, must be scheme://host[:port]",
    "cors.origins[0], https://app.example.com/, must be scheme://host[:port]",
    "tests.ingressUrl, events.example.com, must be scheme and host",
    "tail.warmStartSeconds, 3600, must not be longer than tail.maxAgeSeconds (900)",
    "tail.maxBytes, 400000000, must be at most half of notifications.resources.limits.memory (512Mi)",
    "connection.maxAgeSeconds, 20, must be longer than heartbeatSeconds (25)",
    "notifications.podDisruptionBudget.maxUnavailable, 2, must be less than its 2 pods",
    "tracing.enabled, true, must be a URL of an OTLP collector",
    "kafka.trial.enabled, true, excludes kafka.bootstrapServers",
    "auth.trial.enabled, true, excludes jwt.jwksUrl",
    "kafka.strimzi.enabled, true, kafka.strimzi.cluster is required",
  })
  void aValueThatCannotWorkIsRefusedInWords(String key, String value, String message) {
    assertThatThrownBy(() -> Chart.render(Chart.leastValues(), Map.of(key, number(value))))
        .hasMessageContaining(key.replaceFirst("\\[0]|\\.enabled", ""))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "notifications.autoscaling.minReplicas, 20, must not be more than",
    "aiEvents.autoscaling.targetCPUPercent, 0, aiEvents.autoscaling needs",
    "notifications.podDisruptionBudget.maxUnavailable, 2, must be less than its 2 pods",
  })
  void anAutoscalerThatCannotWorkIsRefused(String key, String value, String message) {
    assertThatThrownBy(() -> Chart.render(Chart.ci("operations"), Map.of(key, number(value))))
        .hasMessageContaining(message);
  }

  @Test
  void aReleaseWithoutAServiceIsRefused() {
    assertThatThrownBy(
            () -> Chart.render(Chart.ci("single-service"), Map.of("aiEvents.enabled", false)))
        .hasMessageContaining("notifications.enabled and aiEvents.enabled are both false");
  }

  @Test
  void theRequiredValuesAreEnough() {
    assertThat(Chart.renderBare(required())).contains("kind: Deployment");
  }

  private static Map<String, Object> required() {
    return Map.of(
        "kafka.bootstrapServers", "kafka:9092",
        "jwt.jwksUrl", "https://idp.example.com/jwks.json",
        "jwt.issuer", "https://idp.example.com",
        "jwt.audiences[0]", "millrace");
  }

  @ParameterizedTest
  @CsvSource({
    "ingress.host, '', ingress.host is required",
    "ingress.timeoutSeconds, 60, must be at least three times heartbeatSeconds",
    "jwt.publicKey, key, exclude one another",
    "connection.tcpUserTimeoutSeconds, 60, must be longer than connection.maxStallSeconds",
    "ingress.annotations.nginx\\.ingress\\.kubernetes\\.io/proxy-buffering, on, the chart sets it",
    "ingress.annotations.nginx\\.ingress\\.kubernetes\\.io/configuration-snippet, gzip off;, snippet",
  })
  void valuesThatContradictOneAnotherAreRefused(String key, String value, String message) {
    // Given
    Object typed = number(value);

    // When, Then
    assertThatThrownBy(
            () ->
                Chart.render(
                    Repository.path("helm/millrace/ci/ingress-values.yaml"), Map.of(key, typed)))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeatSeconds, heartbeat",
    "topic.maxEventSizeBytes, topic.max-event-size",
    "tail.maxBytes, tail.max-bytes",
    "tail.maxAgeSeconds, tail.max-age",
    "tail.warmStartSeconds, tail.warm-start",
    "runs.maxKnown, runs.max-known",
    "runs.forgetAfterSeconds, runs.forget-after",
    "runs.lookBackSeconds, runs.look-back",
    "connection.maxAgeSeconds, connection.max-age",
    "connection.sendBufferBytes, connection.send-buffer",
    "connection.idleSeconds, connection.idle",
    "connection.maxStallSeconds, connection.max-stall",
    "connection.tcpUserTimeoutSeconds, connection.tcp-user-timeout",
    "limits.maxStreams, limits.max-streams",
    "limits.maxStreamsPerCaller, limits.max-streams-per-caller",
    "limits.maxStreamsPerAddress, limits.max-streams-per-address",
    "limits.maxAuthenticating, limits.max-authenticating",
    "limits.overloadResponse, limits.overload-response",
  })
  void defaultsAreTheServicesOwn(String value, String key) {
    // When
    Object ofTheChart = ValuesComments.leaves(Chart.defaults()).get(value);

    // Then
    assertThat(ofTheChart)
        .asString()
        .isEqualTo(String.valueOf(ServiceDefaults.read().byKey().get(key)));
  }

  @Test
  void everyValueHasAComment() {
    // Given
    Set<String> described = ValuesComments.read(Repository.text(VALUES)).keySet();

    // When
    Set<String> values = ValuesComments.leaves(Chart.defaults()).keySet();

    // Then
    assertThat(values).isNotEmpty().isEqualTo(described);
  }
}
