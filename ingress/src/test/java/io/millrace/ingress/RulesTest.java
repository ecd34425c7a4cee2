package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a tier can't reach is clamped and said; what can't work behind it is refused. */
class RulesTest {

  private static final String RULE = "test/rule.conf";

  private final String good = Files.readString(Path.of("contract.yaml"));
  private final Rules rules = new Rules(Contract.parse(good));

  RulesTest() throws IOException {}

  @Test
  void placeholdersBecomeTheContractsNumbers() {
    // Given
    Tier tier = new TestTier(Capability.idleOnly(IdleTimeout.any(60, "idle")));

    // When
    String rule = rules.render(tier).get(RULE);

    // Then
    assertThat(rule)
        .isEqualTo(
            """
            # Longest silence.
            idle 3600s;
            # By default 60 s.
            streams /api/notifications /api/ai/events;
            own 25000ms;
            """);
  }

  @Test
  void anIdleTimeoutBeyondTheTiersLimitIsClampedAndSaid() {
    // Given
    Tier tier = new TestTier(Capability.idleOnly(new IdleTimeout(30, 16, 240, "idle")));

    // When
    String rule = rules.render(tier).get(RULE);

    // Then
    assertThat(rule)
        .contains(
            "# Longest silence. The contract asks for 3600 s, which is more than this tier can do.\n"
                + "idle 240s;\n");
  }

  @Test
  void anIdleLimitOfThreeHeartbeatsIsEnough() {
    // Given
    Tier tier = new TestTier(Capability.idleOnly(IdleTimeout.fixed(75)));

    // When
    String rule = rules.render(tier).get(RULE);

    // Then
    assertThat(rule).contains("idle 75s;");
  }

  @Test
  void anIdleLimitBelowThreeHeartbeatsIsRefused() {
    // Given
    Tier tier = new TestTier(Capability.idleOnly(IdleTimeout.fixed(74)));

    // When
    ThrowingCallable render = () -> rules.render(tier);

    // Then
    assertThatThrownBy(render).hasMessageContainingAll("test", "heartbeatSeconds 25", "74 s");
  }

  @Test
  void anIdleTimeoutOfTheContractBelowThreeHeartbeatsIsRefused() {
    // Given
    Contract contract =
        Contract.parse(good.replace("idleTimeoutSeconds: 3600", "idleTimeoutSeconds: 74"));

    // When
    ThrowingCallable render = () -> new Rules(contract).render();

    // Then
    assertThatThrownBy(render).hasMessageContaining("idleTimeoutSeconds 74");
  }

  @Test
  void aTotalLimitThatARotationWithItsJitterDoesNotReachIsFine() {
    // Given: 3240 s and a tenth
    Tier tier = new TestTier(total(3565));

    // When
    String rule = rules.render(tier).get(RULE);

    // Then
    assertThat(rule).contains("idle 3600s;");
  }

  @Test
  void aTotalLimitBelowTheRotationIsRefused() {
    // Given
    Tier tier = new TestTier(total(3564));

    // When
    ThrowingCallable render = () -> rules.render(tier);

    // Then
    assertThatThrownBy(render).hasMessageContainingAll("test", "rotateAfterSeconds 3240", "3564 s");
  }

  @Test
  void aPlaceholderNobodySetIsRefusedByName() {
    // Given
    Capability capability = Capability.idleOnly(IdleTimeout.any(60, "idle"));

    // When
    ThrowingCallable render = () -> rules.render(new TestTier(capability, "unknown.conf"));

    // Then
    assertThatThrownBy(render).hasMessageContaining("nobodySetThis");
  }

  @Test
  void aTemplateThatIsNotThereIsRefusedByName() {
    // Given
    Capability capability = Capability.idleOnly(IdleTimeout.any(60, "idle"));

    // When
    ThrowingCallable render = () -> rules.render(new TestTier(capability, "absent.conf"));

    // Then
    assertThatThrownBy(render).hasMessageContaining("tier/test/absent.conf");
  }

  private static Capability total(int seconds) {
    return new Capability(IdleTimeout.any(60, "idle"), Optional.of(seconds), Optional.of(30));
  }
}
