package io.millrace.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.config.MillraceConfig;
import io.millrace.control.Credential;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownCallersTest {

  private static final int MAX_KNOWN = 10;

  private Instant now = Instant.EPOCH;
  private final KnownCallers known =
      new KnownCallers(
          new SmallRyeConfigBuilder()
              .withMapping(MillraceConfig.class)
              .addDiscoveredConverters()
              .withDefaultValue("millrace.topic.name", "t")
              .withDefaultValue("millrace.identity.max-known", String.valueOf(MAX_KNOWN))
              .build()
              .getConfigMapping(MillraceConfig.class),
          () -> now);

  private static Caller caller(String subject, Instant expiresAt) {
    return new Caller(
        subject,
        Optional.empty(),
        Set.of(),
        Set.of(),
        Credential.of(subject, Optional.empty(), Optional.empty()),
        Optional.empty(),
        expiresAt);
  }

  private Caller alice() {
    return caller("alice", now.plus(Duration.ofHours(1)));
  }

  @Test
  void knowsACallerByTheirTokenAlone() {
    Caller alice = alice();
    known.add("token", alice);

    assertEquals(Optional.of(alice), known.of("token"));
    assertEquals(Optional.empty(), known.of("token2"));
  }

  @Test
  void forgetsAfterAWhileSoThatAWithdrawnKeyCountsNoMore() {
    known.add("token", alice());

    now = now.plus(Duration.ofMinutes(1));

    assertEquals(Optional.empty(), known.of("token"));
  }

  @Test
  void forgetsATokenThatHasExpired() {
    known.add("token", caller("alice", now.plusSeconds(10)));

    now = now.plusSeconds(10);

    assertEquals(Optional.empty(), known.of("token"));
  }

  @Test
  void knowsABoundedNumber() {
    Caller alice = alice();

    IntStream.range(0, 1000).forEach(i -> known.add("token" + i, alice));

    long left = IntStream.range(0, 1000).filter(i -> known.of("token" + i).isPresent()).count();
    org.junit.jupiter.api.Assertions.assertTrue(left < 500, left + " are known");
  }
}
