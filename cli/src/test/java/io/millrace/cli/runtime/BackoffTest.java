package io.millrace.cli.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static List<Long> waits(Backoff backoff, int count) {
    return Stream.generate(backoff::next).limit(count).map(Duration::toMillis).toList();
  }

  private static Backoff backoff(double random) {
    return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4), () -> random);
  }

  @Test
  void doublesUpToItsBound() {
    assertEquals(List.of(250L, 500L, 1000L, 2000L, 2000L), waits(backoff(0), 5));
  }

  @Test
  void addsUpToHalfOfTheWait() {
    assertEquals(List.of(499L, 999L, 1999L), waits(backoff(0.999), 3));
  }

  @Test
  void staysAtItsBoundForEver() {
    assertEquals(2000L, waits(backoff(0), 5000).get(4999));
  }

  @Test
  void startsAnewAfterASuccess() {
    Backoff backoff = backoff(0);
    waits(backoff, 4);

    backoff.reset();

    assertEquals(250L, backoff.next().toMillis());
  }

  @Test
  void refusesABoundBelowItsStart() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
