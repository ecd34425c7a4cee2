package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The nginx files and the chart say what {@code ingress/contract.yaml} says, each in its own units.
 */
class IngressRulesTest {

  private static final IngressContract CONTRACT = IngressContract.read();
  private static final String PREFIX = "nginx.ingress.kubernetes.io/";

  /** Of requests that no replica answered: with "off" a browser gives up at a 502. */
  private static final String CONNECTION_FAILURES = "error timeout";

  private final JsonNode ingress =
      Chart.render(Repository.path("helm/millrace/ci/ingress-values.yaml")).only("Ingress");
  private final NginxDirectives nginx =
      NginxDirectives.parse(Repository.text("ingress/nginx/sse-proxy.conf"));

  @Test
  void theChartsAnnotationsAreThoseOfTheContract() {
    // Given: the controller reads timeouts as bare integers of seconds
    String idle = String.valueOf(CONTRACT.integer("idleTimeoutSeconds"));
    Map<String, String> expected =
        Map.of(
            "proxy-buffering",
            CONTRACT.isOff("buffering") ? "off" : "on",
            "proxy-http-version",
            CONTRACT.text("upstreamHttp"),
            "proxy-read-timeout",
            idle,
            "proxy-send-timeout",
            idle,
            "proxy-connect-timeout",
            String.valueOf(CONTRACT.integer("connectTimeoutSeconds")),
            "proxy-next-upstream",
            CONNECTION_FAILURES);

    // When
    JsonNode annotations = ingress.at("/metadata/annotations");

    // Then
    expected.forEach(
        (key, value) -> {
          JsonNode annotation = annotations.path(PREFIX + key);
          assertThat(annotation.isTextual()).as("%s is a string", key).isTrue();
          assertThat(annotation.asText()).as(key).isEqualTo(value);
        });
  }

  @Test
  void theChartSetsNoSnippetAndNothingElseOfTheController() {
    // When
    List<String> ours = names(ingress.at("/metadata/annotations"));

    // Then: one annotation is the user's
    assertThat(ours).noneMatch(name -> name.endsWith("-snippet"));
    assertThat(ours).hasSize(7).contains("cert-manager.io/cluster-issuer");
  }

  @Test
  void theChartRoutesExactlyThePathsOfTheContract() {
    // When
    List<IngressContract.Surface> surfaces =
        StreamSupport.stream(ingress.at("/spec/rules/0/http/paths").spliterator(), false)
            .map(
                path ->
                    new IngressContract.Surface(
                        path.path("path").asText(),
                        path.path("pathType").asText().toLowerCase(),
                        path.at("/backend/service/name").asText().replaceFirst(".*millrace-", "")))
            .toList();

    // Then
    assertThat(surfaces).isEqualTo(CONTRACT.routes());
  }

  @Test
  void theNginxRuleIsThatOfTheContract() {
    assertThat(nginx.only("proxy_http_version")).isEqualTo(CONTRACT.text("upstreamHttp"));
    assertThat(nginx.seconds("proxy_read_timeout"))
        .isEqualTo(CONTRACT.integer("idleTimeoutSeconds"));
    assertThat(nginx.seconds("proxy_send_timeout"))
        .isEqualTo(CONTRACT.integer("idleTimeoutSeconds"));
    assertThat(nginx.seconds("proxy_connect_timeout"))
        .isEqualTo(CONTRACT.integer("connectTimeoutSeconds"));
    assertThat(nginx.isOff("proxy_buffering")).isEqualTo(CONTRACT.isOff("buffering"));
    assertThat(nginx.isOff("gzip")).isEqualTo(CONTRACT.isOff("compression"));
    assertThat(nginx.isOff("proxy_cache")).isEqualTo(CONTRACT.isOff("cache"));
    assertThat(nginx.only("proxy_next_upstream")).isEqualTo(CONNECTION_FAILURES);
    assertThat(nginx.isOff("proxy_ignore_client_abort"))
        .isEqualTo(CONTRACT.text("clientAborts").equals("pass"));
  }

  @Test
  void nginxRoutesExactlyThePathsOfTheContract() {
    // Given
    String server = Repository.text("ingress/nginx/millrace.conf");

    // When
    List<IngressContract.Surface> locations = NginxDirectives.locations(server);

    // Then
    assertThat(locations).isEqualTo(CONTRACT.routes());
  }

  @Test
  void theChartsDefaultsAreThoseOfTheContract() {
    // When
    JsonNode defaults = Yaml.tree(Repository.text("helm/millrace/values.yaml"));

    // Then
    assertThat(defaults.path("heartbeatSeconds").asInt())
        .isEqualTo(CONTRACT.integer("heartbeatSeconds"));
    assertThat(defaults.at("/ingress/timeoutSeconds").asInt())
        .isEqualTo(CONTRACT.integer("idleTimeoutSeconds"));
    assertThat(defaults.at("/ingress/connectTimeoutSeconds").asInt())
        .isEqualTo(CONTRACT.integer("connectTimeoutSeconds"));
    assertThat(defaults.at("/connection/maxAgeSeconds").asInt())
        .isEqualTo(CONTRACT.integer("rotateAfterSeconds"));
    assertThat(defaults.at("/drain/windowSeconds").asInt())
        .isEqualTo(CONTRACT.integer("drainSeconds"));
    assertThat(defaults.at("/topic/maxEventSizeBytes").asInt())
        .isEqualTo(CONTRACT.integer("maxEventBytes"));
  }

  @Test
  void theContractLeavesRoomForTwoLostHeartbeats() {
    assertThat(CONTRACT.integer("idleTimeoutSeconds"))
        .isGreaterThanOrEqualTo(3 * CONTRACT.integer("heartbeatSeconds"));
    assertThat(CONTRACT.integer("heartbeatSeconds")).isLessThan(30);
  }

  @Test
  void withItsJitterTheServersOwnEndComesBeforeACapOfAnHour() {
    assertThat(CONTRACT.integer("rotateAfterSeconds") * 11 / 10).isLessThan(3600);
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
