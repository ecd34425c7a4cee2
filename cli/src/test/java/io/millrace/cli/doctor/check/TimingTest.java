package io.millrace.cli.doctor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.probe.Arrival;
import io.millrace.cli.doctor.probe.ProbeEvent;
import io.millrace.cli.doctor.probe.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is told apart by arrivals alone. All times in milliseconds. */
class TimingTest {

  private static final double WAY = 5;
  private static final int[] LARGE_KIB = {3, 3, 6, 6, 64, 64};

  private static Trace trace(int pace, int[] kib, double end, IntToDoubleFunction late) {
    List<Arrival> arrivals = new ArrayList<>();
    double before = WAY;
    for (int n = 0; n < kib.length; n++) {
      double sent = (double) n * pace;
      double at = Math.max(before, sent + WAY + late.applyAsDouble(n));
      ProbeEvent event =
          new ProbeEvent("c", "r", n, sent, Math.max(200, kib[n] << 10), Optional.empty());
      arrivals.add(new Arrival(at, at - before, event));
      before = at;
    }
    return new Trace(WAY, end + WAY, arrivals);
  }

  private static Trace small(IntToDoubleFunction late) {
    return trace(200, new int[10], 1_800, late);
  }

  private static Trace large(IntToDoubleFunction late) {
    return trace(300, LARGE_KIB, 1_800, late);
  }

  private static Trace late(Trace trace) {
    return new Trace(WAY + 200, trace.endMillis(), trace.arrivals());
  }

  private static Trace silence(double head, double late) {
    ProbeEvent event = new ProbeEvent("c", "r", 0, 2_000, 200, Optional.empty());
    return new Trace(head, 2_000 + WAY, List.of(new Arrival(2_000 + WAY + late, 2_000, event)));
  }

  private static Set<Ailment> judged(Trace silence, Trace small, Trace large) {
    Examined examined = Timing.judge(new Timing.Traces(silence, small, large), WAY);
    return examined.ailments();
  }

  @Test
  void findsNothingWhereEventsArriveAtOnce() {
    // When
    Set<Ailment> found = judged(silence(WAY, 0), small(n -> 0), large(n -> 0));

    // Then
    assertEquals(Set.of(), found);
  }

  @Test
  void forgivesABusyMachineAPauseAndSomeNoise() {
    // When
    Set<Ailment> found =
        judged(
            silence(WAY + 300, 40),
            small(n -> n == 3 ? 900 : n == 4 ? 700 : n == 5 ? 500 : n == 6 ? 300 : n * 3),
            large(n -> n == 4 ? 280 : 30 * (n % 2)));

    // Then
    assertEquals(Set.of(), found);
  }

  @Test
  void callsItBufferingWhenAllComesAtTheEnd() {
    // When
    Set<Ailment> found =
        judged(silence(2_000 + WAY, 0), small(n -> 1_800 - 200 * n), large(n -> 1_800 - 300 * n));

    // Then
    assertEquals(Set.of(Ailment.RESPONSE_BUFFERING), found);
  }

  @Test
  void callsItBufferingWhenItComesInBatches() {
    // When
    Set<Ailment> found = judged(silence(WAY, 0), small(n -> 200 * (4 - n % 5)), large(n -> 0));

    // Then
    assertEquals(Set.of(Ailment.RESPONSE_BUFFERING), found);
  }

  @Test
  void callsItADelayAlsoWhereSmallEventsHideIt() {
    // When: a cork of 200 ms and events 200 ms apart, of which every second one rides along
    Set<Ailment> found =
        judged(
            silence(WAY + 200, 0),
            small(n -> n % 2 == 0 ? 200 : 1),
            large(n -> n == 5 ? 0 : 200 + n));

    // Then
    assertEquals(Set.of(Ailment.EVENT_DELAY), found);
  }

  @Test
  void callsItADelayWhereTheHeadHasItToo() {
    // When
    Set<Ailment> found =
        judged(silence(WAY + 200, 0), late(small(n -> 200)), late(large(n -> 200)));

    // Then
    assertEquals(Set.of(Ailment.EVENT_DELAY), found);
  }

  @Test
  void callsItATailWhereLargeEventsWaitForTheNext() {
    // When
    Set<Ailment> found = judged(silence(WAY, 0), small(n -> 0), large(n -> n < 2 ? 0 : 300));

    // Then
    assertEquals(Set.of(Ailment.RESPONSE_BUFFERING_TAIL), found);
  }

  @Test
  void callsItATailAlsoWhereTheHeadIsLate() {
    // When: nginx holds it for the same reason
    Set<Ailment> found =
        judged(silence(2_000 + WAY, 0), small(n -> 0), large(n -> n < 2 ? 0 : 300));

    // Then
    assertEquals(Set.of(Ailment.RESPONSE_BUFFERING_TAIL), found);
  }

  @Test
  void callsItATailWhereAllLargeEventsWait() {
    // When
    Set<Ailment> found = judged(silence(WAY, 0), small(n -> 0), large(n -> 300));

    // Then
    assertEquals(Set.of(Ailment.RESPONSE_BUFFERING_TAIL), found);
  }

  @Test
  void callsASlowLineNothing() {
    // Given: 64 KiB take 350 ms, and bytes come all the time
    Trace slow = large(n -> n < 4 ? 20 : 350);
    List<Arrival> flowing =
        slow.arrivals().stream().map(each -> new Arrival(each.millis(), 10, each.event())).toList();

    // When
    Set<Ailment> found =
        judged(silence(WAY, 0), small(n -> 0), new Trace(WAY, slow.endMillis(), flowing));

    // Then
    assertEquals(Set.of(), found);
  }

  @Test
  void callsALateHeadByItsName() {
    // When
    Set<Ailment> found = judged(silence(2_000 + WAY, 0), small(n -> 0), large(n -> 0));

    // Then
    assertEquals(Set.of(Ailment.HEAD_HELD_BACK), found);
  }
}
