package io.millrace.e2e.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Chart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server takes what each preset renders; nothing is created. */
@Tag("cluster")
class PresetsDryRunIT {

  /** The others are custom resources of vendors, whose definitions are not to be had here. */
  private static final List<String> KINDS =
      List.of(
          "Service",
          "Ingress",
          "HTTPProxy",
          "HTTPRoute",
          "BackendTrafficPolicy",
          "DestinationRule");

  @TempDir Path folder;

  static List<Path> values() {
    return Chart.presetValues();
  }

  @ParameterizedTest
  @MethodSource("values")
  void theApiServerTakesEachPreset(Path values) throws Exception {
    // Given
    String manifests =
        Arrays.stream(Chart.renderText("millrace", "default", values, Map.of()).split("(?m)^---\n"))
            .filter(
                document ->
                    KINDS.stream().anyMatch(kind -> document.contains("\nkind: " + kind + "\n")))
            .collect(Collectors.joining("---\n"));

    // When
    Kubectl.Output output = new Kubectl(folder).dryRun(manifests);

    // Then
    assertThat(output.exit()).as(output.text()).isZero();
    assertThat(output.text()).contains("(server dry run)");
  }
}
