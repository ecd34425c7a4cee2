package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart says to each controller and implementation. */
class ChartPresetsTest {

  private static final List<String> TEMPLATES = List.of("ingress", "httpproxy", "httproute");
  private static final IngressContract CONTRACT = IngressContract.read();

  static List<Path> values() {
    return Chart.presetValues();
  }

  static Stream<Arguments> presets() {
    return Stream.of("ingress", "gateway")
        .flatMap(kind -> ChartPresets.of(kind).keySet().stream().map(id -> Arguments.of(kind, id)));
  }

  /** With {@code -Dmillrace.rendered=write} the files are written instead of compared. */
  @ParameterizedTest
  @MethodSource("values")
  void eachPresetRendersAsReviewed(Path values) throws IOException {
    // Given
    Path golden =
        Repository.path("e2e/src/test/resources/chart/presets").resolve(values.getFileName());

    // When
    String rendered =
        Arrays.stream(Chart.renderText(values, Map.of()).split("(?m)^---\n"))
            .filter(ChartPresetsTest::isOfAPreset)
            .collect(Collectors.joining("---\n"));

    // Then
    if ("write".equals(System.getProperty("millrace.rendered"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, rendered);
    }
    assertThat(golden).hasContent(rendered);
  }

  /** What its templates render, and a Service it has something to say on. */
  private static boolean isOfAPreset(String document) {
    return TEMPLATES.stream()
            .anyMatch(name -> document.startsWith("# Source: millrace/templates/" + name + ".yaml"))
        || (document.contains("\nkind: Service\n") && document.contains("\n  annotations:\n"));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void eachPresetHasValuesThatChooseIt(String kind, String id) {
    assertThat(ChartPresets.values(kind, id)).exists();
  }

  @ParameterizedTest
  @CsvSource({"ingress, controller", "gateway, implementation"})
  void theSchemaKnowsThePresetsAndNoOthers(String kind, String value) {
    // When
    JsonNode known =
        Yaml.tree(Repository.text("helm/millrace/values.schema.json"))
            .at("/properties/" + kind + "/properties/" + value + "/enum");

    // Then
    assertThat(known)
        .extracting(JsonNode::asText)
        .filteredOn(name -> !name.isEmpty())
        .containsExactlyInAnyOrderElementsOf(ChartPresets.of(kind).keySet());
  }

  @ParameterizedTest
  @MethodSource("presets")
  void theReadmeSaysWhichAreRun(String kind, String id) {
    // Given
    String readme = Repository.text("helm/millrace/README.md");
    String table = readme.substring(readme.indexOf("| `" + kind + "."));

    // When
    String run = ChartPresets.of(kind).get(id).path("run").asBoolean() ? "run" : "not run";

    // Then
    assertThat(table).containsPattern("\\| `" + id + "` \\| [^|]+ \\| " + run + " \\|");
  }

  @ParameterizedTest
  @MethodSource("values")
  void eachRoutesExactlyThePathsOfTheContract(Path values) {
    // When
    Manifests manifests = Chart.render(values);

    // Then
    assertThat(routes(manifests)).isEqualTo(CONTRACT.routes());
  }

  private static List<IngressContract.Surface> routes(Manifests manifests) {
    Stream<JsonNode> ingress =
        manifests.ofKind("Ingress").stream()
            .flatMap(each -> each.at("/spec/rules/0/http/paths").valueStream());
    Stream<JsonNode> proxy =
        manifests.ofKind("HTTPProxy").stream()
            .flatMap(each -> each.at("/spec/routes").valueStream());
    Stream<JsonNode> route =
        manifests.ofKind("HTTPRoute").stream()
            .flatMap(each -> each.at("/spec/rules").valueStream());
    return Stream.of(
            ingress.map(
                each ->
                    surface(each.path("path"), each.path("pathType"), each.at("/backend/service"))),
            proxy.map(
                each ->
                    surface(
                        each.at("/conditions/0/exact"),
                        Yaml.tree("exact"),
                        each.at("/services/0"))),
            route.flatMap(
                each ->
                    StreamSupport.stream(each.path("matches").spliterator(), false)
                        .map(
                            match ->
                                surface(
                                    match.at("/path/value"),
                                    match.at("/path/type"),
                                    each.at("/backendRefs/0")))))
        .flatMap(each -> each)
        .toList();
  }

  private static IngressContract.Surface surface(JsonNode path, JsonNode match, JsonNode service) {
    return new IngressContract.Surface(
        path.asText(),
        match.asText().toLowerCase(),
        service.path("name").asText().replaceFirst(".*millrace-", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ingress, alb, ingress.timeoutSeconds, 4001, ingress.timeoutSeconds (4001) is more than alb"
        + " accepts: 4000",
    "ingress, gce, connection.maxAgeSeconds, 3300, it must be above connection.maxAgeSeconds"
        + " (3300)",
    "ingress, gce, ingress.timeoutSeconds, 3564, a limit of the whole stream at gce",
    "ingress, contour, ingress.timeoutSeconds, 74, must be at least three times heartbeatSeconds"
        + " (25)",
    "ingress, traefik, ingress.host, '', ingress.host is required",
    "ingress, alb, ingress.annotations.alb\\.ingress\\.kubernetes\\.io/target-type, instance, the"
        + " chart sets it",
    "ingress, alb, ingress.controller, elb, /ingress/controller",
    "gateway, agc, heartbeatSeconds, 101, the 300 s of silence of agc must be at least three times",
    "gateway, istio, gateway.implementation, '', gateway.implementation is required",
    "gateway, istio, gateway.host, '', gateway.host is required",
    "gateway, istio, gateway.parentRef.name, '', gateway.parentRef.name is required",
    "gateway, envoy-gateway, gateway.timeoutSeconds, 1h, /gateway/timeoutSeconds",
    "gateway, envoy-gateway, gateway.timeoutSeconds, 74, must be at least three times"
        + " heartbeatSeconds (25)",
    "gateway, envoy-gateway, gateway.connectTimeoutSeconds, 5s, /gateway/connectTimeoutSeconds",
    "gateway, envoy-gateway, gateway.implementation, envoy, /gateway/implementation",
  })
  void whatAControllerCannotReachIsRefused(
      String kind, String id, String key, String value, String message) {
    // Given
    Object typed = value.matches("\\d+") ? (Object) Integer.valueOf(value) : value;

    // When, Then
    assertThatThrownBy(() -> Chart.render(ChartPresets.values(kind, id), Map.of(key, typed)))
        .hasMessageContaining(message);
  }

  @Test
  void theLimitOfTheWholeStreamMayBeLongerThanItsAge() {
    assertThat(
            Chart.render(
                    ChartPresets.values("ingress", "gce"), Map.of("ingress.timeoutSeconds", 3565))
                .ofKind("BackendConfig"))
        .isNotEmpty()
        .allMatch(config -> config.at("/spec/timeoutSec").asInt() == 3565);
  }

  @Test
  void aServiceThatIsOffHasNoPolicy() {
    assertThat(
            Chart.render(
                    ChartPresets.values("gateway", "agc"), Map.of("notifications.enabled", false))
                .ofKind("HealthCheckPolicy"))
        .hasSize(1);
  }
}
