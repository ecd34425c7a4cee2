package io.millrace.ingress.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ingress.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What no controller of a kind can carry is refused before a chart says it. */
class PresetsTest {

  private final String good = Files.readString(Path.of("contract.yaml"));

  PresetsTest() throws IOException {}

  @Test
  void limitsOfAControllerStandInTheFile() {
    assertThat(new Presets(Contract.parse(good)).render())
        .contains("idle: {default: 60, most: 4000}")
        .doesNotContain("@{");
  }

  @Test
  void heartbeatsTooRareForAControllerAreRefusedByItsName() {
    // Given
    String rare = good.replaceFirst("heartbeatSeconds: \\d+", "heartbeatSeconds: 101");

    // When, Then
    assertThatThrownBy(() -> new Presets(Contract.parse(rare)).render())
        .hasMessageContaining("contour-gateway: heartbeatSeconds 101")
        .hasMessageContaining("300 s");
  }
}
