package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A contract that can't be read, or that no rule keeps, is refused with the key's name. */
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

    // When
    ThrowingCallable parse = () -> Contract.parse(yaml);

    // Then
    assertThatThrownBy(parse).hasMessageContaining("idleTimeout");
  }

  @Test
  void aMissingKeyIsRefusedByName() {
    // When
    ThrowingCallable parse = () -> Contract.parse(good.replaceFirst("(?m)^drainSeconds:.*$", ""));

    // Then
    assertThatThrownBy(parse).hasMessageContaining("drainSeconds");
  }

  @ParameterizedTest
  @CsvSource({
    "buffering: false, buffering: true",
    "compression: false, compression: true",
    "cache: false, cache: true",
    "retries: false, retries: true",
    "clientAborts: pass, clientAborts: ignore",
    "'upstreamHttp: \"1.1\"', 'upstreamHttp: \"2\"'",
    "match: exact, match: prefix",
  })
  void whatNoTemplateSaysIsRefusedByName(String right, String wrong) {
    // Given
    Contract contract = Contract.parse(good.replace(right, wrong));

    // When
    ThrowingCallable rules = () -> new Rules(contract);

    // Then
    assertThatThrownBy(rules).hasMessageContaining(right.substring(0, right.indexOf(':')));
  }

  @Test
  void aServiceNobodyNamedHasNoSurface() {
    // Given
    Contract contract = Contract.parse(good);

    // When
    ThrowingCallable surface = () -> contract.surface("chat");

    // Then
    assertThatThrownBy(surface).hasMessageContaining("no service chat");
  }
}
