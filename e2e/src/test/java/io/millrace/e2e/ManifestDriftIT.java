package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifest that quarkus-kubernetes writes at build and the chart agree on what the process
 * itself determines: ports, probes, grace period. Runs after the services were packaged.
 */
class ManifestDriftIT {

  private static final Manifests CHART = Chart.render(Chart.leastValues());

  @ParameterizedTest
  @ValueSource(strings = {"notifications", "ai-events"})
  void portsAreTheSame(String service) {
    assertThat(ports(chartContainer(service))).isEqualTo(ports(generatedContainer(service)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications", "ai-events"})
  void probesAreTheSame(String service) {
    for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
      assertThat(probe(chartContainer(service), probe))
          .as(probe)
          .isEqualTo(probe(generatedContainer(service), probe));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications", "ai-events"})
  void theGracePeriodIsTheSame(String service) {
    assertThat(CHART.podOf(service).path("terminationGracePeriodSeconds").asInt())
        .isEqualTo(generatedPod(service).path("terminationGracePeriodSeconds").asInt())
        .isPositive();
  }

  private static JsonNode chartContainer(String service) {
    return CHART.podOf(service).at("/containers/0");
  }

  private static JsonNode generatedContainer(String service) {
    return generatedPod(service).at("/containers/0");
  }

  private static JsonNode generatedPod(String service) {
    String file = service + "-service/target/kubernetes/kubernetes.yml";
    return Manifests.parse(Repository.text(file)).podOf(service + "-service");
  }

  private static Map<String, Integer> ports(JsonNode container) {
    Map<String, Integer> ports = new TreeMap<>();
    container
        .path("ports")
        .forEach(port -> ports.put(port.path("name").asText(), port.path("containerPort").asInt()));
    assertThat(ports).isNotEmpty();
    return ports;
  }

  /** One side names the port, the other numbers it; one writes defaults out, the other does not. */
  private static Map<String, String> probe(JsonNode container, String name) {
    JsonNode probe = container.path(name);
    assertThat(probe.isObject()).as(name + " exists").isTrue();
    JsonNode port = probe.at("/httpGet/port");
    int number = port.isInt() ? port.asInt() : ports(container).get(port.asText());
    return Map.of(
        "path", probe.at("/httpGet/path").asText(),
        "port", String.valueOf(number),
        "initial delay", String.valueOf(probe.path("initialDelaySeconds").asInt(0)),
        "period", String.valueOf(probe.path("periodSeconds").asInt(10)),
        "timeout", String.valueOf(probe.path("timeoutSeconds").asInt(1)),
        "successes", String.valueOf(probe.path("successThreshold").asInt(1)),
        "failures", String.valueOf(probe.path("failureThreshold").asInt(3)));
  }
}
