package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads after an installation. */
class ChartNotesTest {

  static List<Path> ciValues() {
    return Chart.ciValues();
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void portForwardsNameServicesThatExist(Path values) {
    // Given
    List<String> services =
        Chart.render(values).ofKind("Service").stream()
            .map(service -> service.at("/metadata/name").asText())
            .filter(name -> name.matches(".*-(notifications|ai-events)"))
            .toList();

    // When
    String notes = Chart.notes(values);

    // Then
    assertThat(services)
        .allSatisfy(service -> assertThat(notes).contains("port-forward service/" + service + " "));
    assertThat(notes.split("port-forward service/", -1)).hasSize(services.size() + 1);
    assertThat(notes.split("curl -N ", -1)).hasSizeGreaterThan(services.size());
  }

  @Test
  void withAnIngressTheySayWhatAChartCannotDo() {
    // When
    String notes = Chart.notes(Repository.path("helm/millrace/ci/ingress-values.yaml"));

    // Then
    assertThat(notes)
        .contains("https://events.example.com/api/notifications")
        .contains("Compression can't be switched off")
        .contains("WARNING: ingress-nginx is retired")
        .contains("ingress.controller");
  }

  @Test
  void withoutAnIngressTheySayHowToGetOne() {
    // When
    String notes = Chart.notes(Chart.leastValues());

    // Then
    assertThat(notes).contains("--set ingress.enabled=true").doesNotContain("use-gzip");
  }

  @Test
  void ofAPresetThatWasNotRunTheySaySo() {
    // When
    String notes = Chart.notes(ChartPresets.values("gateway", "istio"));

    // Then
    assertThat(notes).contains("Nobody ran this preset").doesNotContain("retired");
  }
}
