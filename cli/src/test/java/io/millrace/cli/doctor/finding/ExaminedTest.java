package io.millrace.cli.doctor.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExaminedTest {

  private static Finding broken(Ailment ailment) {
    return Finding.of(ailment, Severity.BROKEN, "seen");
  }

  private static Examined found(Ailment... ailments) {
    return new Examined(List.of(ailments).stream().map(ExaminedTest::broken).toList(), List.of());
  }

  @Test
  void theTimingsOfASharedStreamAreNotProven() {
    // When
    Examined judged =
        found(Ailment.SHARED_STREAM, Ailment.RESPONSE_BUFFERING, Ailment.IDLE_CUT)
            .withoutTimingsOfOthers();

    // Then
    assertEquals(Set.of(Ailment.SHARED_STREAM, Ailment.IDLE_CUT), judged.ailments());
    assertEquals(
        List.of("buffering and delays: the events of shared streams were sent to others"),
        judged.notProven());
  }

  @Test
  void theTimingsOfAStreamOfOnesOwnAreJudged() {
    assertEquals(
        found(Ailment.RESPONSE_BUFFERING),
        found(Ailment.RESPONSE_BUFFERING).withoutTimingsOfOthers());
  }
}
