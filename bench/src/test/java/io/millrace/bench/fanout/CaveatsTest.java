package io.millrace.bench.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.stream.DeliveryCheck;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CaveatsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long PACE = 75_000;

  private final Caveats caveats = new Caveats(new FanoutOptions());

  @Test
  void hasNoneForAQuietMachine() {
    // When
    List<String> found = caveats.of("X", rounds(load(PACE, PACE, 0.5), load(200_000, 200_000, 1)));

    // Then
    assertEquals(List.of(), found);
  }

  @Test
  void tellsThatAServerFellBehind() {
    // When
    List<String> found = caveats.of("X", rounds(load(60_000, 60_000, 1), load(60_000, 60_000, 1)));

    // Then
    assertEquals(List.of("X did not keep the pace: 60,000 deliveries/s"), found);
  }

  @Test
  void tellsThatEventsSharedAWrite() {
    // When
    List<String> found =
        caveats.of("X", rounds(load(PACE, PACE / 2, 0.5), load(90_000, 30_000, 1)));

    // Then
    assertEquals(2, found.size());
    assertTrue(found.get(0).startsWith("X, paced: 2.00 events shared a write"));
    assertTrue(found.get(1).startsWith("X, saturated: 3.00 events shared a write"));
  }

  @Test
  void tellsThatTheServerWasNotTheLimit() {
    // When
    List<String> found = caveats.of("X", rounds(load(PACE, PACE, 0.5), load(90_000, 90_000, 0.4)));

    // Then
    assertEquals(1, found.size());
    assertTrue(found.get(0).startsWith("X used 0.40 of its core when saturated"));
  }

  private static LoadFigure load(long deliveries, long segments, double cores) {
    long cpu = (long) (cores * SECOND);
    return new LoadFigure(deliveries, 1, SECOND, cpu, 0, segments, 0, new Histogram(3));
  }

  private static List<RoundFigures> rounds(LoadFigure paced, LoadFigure saturated) {
    DeliveryCheck check = new DeliveryCheck(1, 1, 0, 0, 0, 0, 0);
    return List.of(new RoundFigures(0, paced, saturated, saturated, check));
  }
}
