package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A contract that can't be read, or that a tier can't keep, is refused with the key's name. */
class ContractTest {

  private final String good = Files.readString(Path.of("contract.yaml"));

  ContractTest() throws IOException {}

  @ParameterizedTest
  @CsvSource({
    "idleTimeoutSeconds: 3600, idleTimeoutSeconds: 1h",
    "idleTimeoutSeconds: 3600, idleTimeoutSeconds: \"3600\"",
    "idleTimeoutSeconds: 3600, idleTimeoutSeconds: 3600.5",
    "idleTimeoutSeconds: 3600, idleTimeout: 3600",
  })
  void whatIsNotAnIntegerOfSecondsIsRefusedByName(String right, String wrong) {
    // Given
    String yaml = good.replace(right, wrong);

    // Then
    assertThatThrownBy(() -> Contract.parse(yaml)).hasMessageContaining("idleTimeout");
  }

  @Test
  void anIdleTimeoutBelowThreeHeartbeatsIsRefused() {
    // Given
    Contract contract =
        Contract.parse(good.replace("idleTimeoutSeconds: 3600", "idleTimeoutSeconds: 74"));

    // Then
    assertThatThrownBy(() -> new Rules(contract).render())
        .hasMessageContaining("idleTimeoutSeconds 74");
  }
}
