package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the services get to brokers that ask who they are, and what Strimzi is asked for. */
class ChartKafkaTest {

  @Test
  void certificatesReachTheKafkaClient() {
    // When
    Manifests manifests = Chart.render(Chart.ci("kafka-tls"));

    // Then
    JsonNode config = manifests.named("ConfigMap", "-notifications").path("data");
    JsonNode pod = manifests.podOf("notifications");
    assertThat(config.path("KAFKA_SECURITY_PROTOCOL").asText()).isEqualTo("SSL");
    assertThat(config.path("KAFKA_SSL_TRUSTSTORE_LOCATION").asText())
        .isEqualTo(pod.at("/containers/0/volumeMounts/1/mountPath").asText() + "/ca.crt");
    assertThat(pod.at("/volumes/1/secret/secretName").asText()).isEqualTo("kafka-ca");
    assertThat(secretVariables(pod))
        .containsOnly(
            Map.entry("KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN", "kafka-user/tls.crt"),
            Map.entry("KAFKA_SSL_KEYSTORE_KEY", "kafka-user/tls.key"));
    assertThat(pod.at("/containers/0/envFrom/1/secretRef/name").asText())
        .isEqualTo("kafka-settings");
  }

  @Test
  void whatTheUserSaysToTheKafkaClientComesLast() {
    // When
    Manifests manifests =
        Chart.render(
            Chart.ci("kafka-tls"), Map.of("kafka.properties.security\\.protocol", "SASL_SSL"));

    // Then
    assertThat(
            manifests
                .named("ConfigMap", "-notifications")
                .at("/data/KAFKA_SECURITY_PROTOCOL")
                .asText())
        .isEqualTo("SASL_SSL");
  }

  @ParameterizedTest
  @CsvSource({"notifications", "ai-events"})
  void eachServiceIsAUserOfItsOwnWithNoMoreThanItsRights(String service) {
    // When
    Manifests manifests = Chart.render(Chart.ci("strimzi"));

    // Then
    JsonNode user = manifests.named("KafkaUser", "-" + service);
    assertThat(rights(user))
        .containsExactlyInAnyOrder(
            "topic " + service + " Read Write",
            "topic stream-control Read",
            "topic " + service + ".dlq Write",
            "group millrace-dlq-" + service + " Read");
    String name = user.at("/metadata/name").asText();
    assertThat(secretVariables(manifests.podOf(service)))
        .containsEntry("KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN", name + "/user.crt")
        .containsEntry("KAFKA_SSL_KEYSTORE_KEY", name + "/user.key");
    assertThat(manifests.podOf(service).at("/volumes/1/secret/secretName").asText())
        .isEqualTo("my-cluster-cluster-ca-cert");
  }

  @Test
  void topicsAreThoseTheServicesUseAndOutliveTheRelease() {
    // When
    List<JsonNode> topics = Chart.render(Chart.ci("strimzi")).ofKind("KafkaTopic");

    // Then
    assertThat(topics)
        .extracting(topic -> topic.at("/metadata/name").asText())
        .containsExactlyInAnyOrder(
            "notifications", "ai-events", "notifications.dlq", "ai-events.dlq", "stream-control");
    assertThat(topics)
        .allSatisfy(
            topic ->
                assertThat(topic.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                    .isEqualTo("keep"));
  }

  @Test
  void withoutControlPublishingAndDlqOneRightIsLeft() {
    // When
    Manifests manifests = Chart.render(Chart.ci("strimzi-scram"));

    // Then
    JsonNode user = manifests.only("KafkaUser");
    assertThat(rights(user)).containsExactly("topic notifications Read");
    assertThat(user.at("/metadata/namespace").asText()).isEqualTo("kafka");
    assertThat(manifests.ofKind("KafkaTopic")).hasSize(1);
    assertThat(manifests.only("KafkaTopic").at("/spec/config/min.insync.replicas").asInt())
        .isEqualTo(1);
    JsonNode config = manifests.named("ConfigMap", "-notifications").path("data");
    assertThat(config.path("KAFKA_BOOTSTRAP_SERVERS").asText())
        .isEqualTo("events-kafka-bootstrap.kafka.svc:9093");
    assertThat(config.path("KAFKA_SECURITY_PROTOCOL").asText()).isEqualTo("SASL_SSL");
    assertThat(secretVariables(manifests.podOf("notifications")))
        .containsOnly(
            Map.entry(
                "KAFKA_SASL_JAAS_CONFIG",
                user.at("/metadata/name").asText() + "/sasl.jaas.config"));
  }

  /** The variables of the first container that come from Secrets, with Secret and key. */
  private static Map<String, String> secretVariables(JsonNode pod) {
    return StreamSupport.stream(pod.at("/containers/0/env").spliterator(), false)
        .collect(
            Collectors.toMap(
                variable -> variable.path("name").asText(),
                variable ->
                    variable.at("/valueFrom/secretKeyRef/name").asText()
                        + "/"
                        + variable.at("/valueFrom/secretKeyRef/key").asText()));
  }

  private static List<String> rights(JsonNode user) {
    return StreamSupport.stream(user.at("/spec/authorization/acls").spliterator(), false)
        .map(
            acl ->
                acl.at("/resource/type").asText()
                    + " "
                    + acl.at("/resource/name").asText()
                    + StreamSupport.stream(acl.path("operations").spliterator(), false)
                        .map(operation -> " " + operation.asText())
                        .collect(Collectors.joining()))
        .toList();
  }
}
