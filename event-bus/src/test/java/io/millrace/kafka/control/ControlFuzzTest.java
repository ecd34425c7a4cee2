package io.millrace.kafka.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.control.Credential;
import io.millrace.control.Revocations;
import io.millrace.event.Route;
import io.millrace.telemetry.Meters;
import io.millrace.testing.Allocation;
import io.millrace.testing.LogCapture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whatever is written to the control topic: a word that is kept or a malformed record, never a
 * fence, and never something that event loops stumble over when they ask what is revoked.
 */
class ControlFuzzTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final long BYTES_FOR_A_RECORD = 64 << 10;
  private static final long BYTES_PER_BYTE = 64;

  /** Inputs worth keeping: each broke a reader once, here or elsewhere. */
  private static final List<String> VALUES =
      List.of(
          "{\"action\":\"revoke\"}",
          "{\"action\":\"end\"}",
          "{\"action\":\"revoke\",\"before\":\"2026-01-01T11:00:00Z\"}",
          "{\"action\":\"revoke\",\"before\":1767268800.5}",
          "{\"action\":\"revoke\",\"before\":\"+999999999-12-31T23:59:59Z\"}",
          "{\"action\":\"revoke\",\"before\":\"+1000000000-12-31T23:59:59.999999999Z\"}",
          "{\"action\":\"revoke\",\"before\":\"-1000000000-01-01T00:00:00Z\"}",
          "{\"action\":\"revoke\",\"before\":1e400}",
          "{\"action\":\"revoke\",\"before\":-1}",
          "{\"action\":\"revoke\",\"before\":253402300799}",
          "{\"action\":\"revoke\",\"before\":9223372036854775808}",
          "{\"action\":\"revoke\",\"before\":{}}",
          "{\"action\":{}}",
          "{\"action\":\"forged\\n\\u001b\"}",
          "null",
          "[]",
          "1",
          "\"\"",
          "",
          " ",
          "{}{}",
          "[".repeat(4_000),
          "{\"a\":".repeat(800),
          "{\"action\":\"revoke\"}" + " ".repeat(5_000));

  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Revocations revocations = new Revocations(Duration.ofDays(1), 20);

  /** A new one for each try: it logs once per minute. */
  private ControlIntake intake() {
    registry = new SimpleMeterRegistry();
    revocations = new Revocations(Duration.ofDays(1), 20);
    return new ControlIntake(revocations, new Meters(registry), () -> NOW);
  }

  @Property(tries = 5_000)
  void isTakenInOrMalformed(@ForAll("records") ConsumerRecord<byte[], byte[]> record) {
    // Given
    ControlIntake intake = intake();
    List<String> log;

    // When
    try (LogCapture captured = new LogCapture()) {
      intake.take(List.of(record));
      log = captured.containing("");
    }

    // Then
    double malformed = count("millrace.control.malformed");
    Statistics.label("malformed")
        .collect(malformed == 1)
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 10);
              coverage.check(false).percentage(share -> share > 10);
            });
    assertEquals(0, count("millrace.fences"));
    assertEquals(malformed, log.size());
    for (String line : log) {
      assertTrue(line.chars().noneMatch(Character::isISOControl), line);
      assertTrue(line.length() < 200 && !line.contains("forged"), line);
    }
    assertCanBeAsked();
  }

  @Property(tries = 2_000)
  void allocatesInProportionToTheRecord(@ForAll("records") ConsumerRecord<byte[], byte[]> record) {
    // Given
    ControlIntake intake = intake();

    // When
    long allocated = Allocation.of(() -> intake.take(List.of(record)));

    // Then
    long size =
        (record.key() == null ? 0 : record.key().length)
            + (record.value() == null ? 0 : record.value().length);
    long deserved = BYTES_FOR_A_RECORD + BYTES_PER_BYTE * size;
    assertTrue(allocated <= deserved, allocated + " bytes, more than " + deserved);
  }

  /** What event loops and the control thread ask; each answer is right, none may throw. */
  private void assertCanBeAsked() {
    Credential alice = Credential.of("alice", Optional.of("t1"), Optional.of(NOW));
    revocations.isRevoked(alice);
    revocations.isRevoked(alice, Set.of(new Route.Conversation("c1")));
    revocations.end(Set.of(new Route.Conversation("c1")));
    revocations.openEnds();
    revocations.shrink();
    revocations.expire(NOW);
    assertTrue(revocations.size() <= 1);
  }

  private double count(String name) {
    return registry.find(name).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  @Provide
  Arbitrary<ConsumerRecord<byte[], byte[]>> records() {
    Arbitrary<byte[]> keys =
        Arbitraries.frequencyOf(
            Tuple.of(
                6, Arbitraries.of("user:alice", "jti:t1", "conversation:c1").map(s -> utf8(s))),
            Tuple.of(
                1,
                Arbitraries.of("user:", "", "x", "user:\n\u001b[31m", "jti:" + "x".repeat(600))
                    .map(s -> utf8(s))),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(20)));
    Arbitrary<byte[]> values =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(VALUES).map(s -> utf8(s))),
            Tuple.of(1, Arbitraries.of(VALUES.subList(0, 4)).map(s -> utf8(s))),
            Tuple.of(2, Arbitraries.of(VALUES).map(s -> utf8(s)).flatMap(ControlFuzzTest::damaged)),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(60)));
    return Combinators.combine(keys.injectNull(0.02), values.injectNull(0.05))
        .as((key, value) -> new ConsumerRecord<>("stream-control", 0, 7, key, value));
  }

  /** One byte replaced. */
  private static Arbitrary<byte[]> damaged(byte[] bytes) {
    if (bytes.length == 0) {
      return Arbitraries.just(bytes);
    }
    return Combinators.combine(
            Arbitraries.integers().between(0, bytes.length - 1), Arbitraries.bytes())
        .as(
            (at, other) -> {
              byte[] damaged = Arrays.copyOf(bytes, bytes.length);
              damaged[at] = other;
              return damaged;
            });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
