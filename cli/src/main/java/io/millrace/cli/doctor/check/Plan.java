package io.millrace.cli.doctor.check;

import io.millrace.cli.doctor.probe.Probe;
import java.util.List;

/**
 * How much an examination looks at.
 *
 * @param holdStreams opened at once
 * @param holdSeconds how long those would last
 * @param idleSeconds silences to live through, side by side
 * @param totalSeconds length of a stream that always flows
 * @param totals how many of them
 * @param bytes sent without a pause
 */
public record Plan(
    int holdStreams,
    int holdSeconds,
    List<Integer> idleSeconds,
    int totalSeconds,
    int totals,
    int bytes) {

  /**
   * Within 20 s. Eight streams are more than the six of a browser and within the probe's own limit;
   * 17 s are two more than Envoy's total limit, which may be late; each cut is looked for twice, so
   * that one broken connection is not taken for a limit.
   */
  public static final Plan QUICK = new Plan(8, 5, List.of(5, 5), 17, 2, 2 << 20);

  /**
   * The known idle limits lie between these steps: 30, 50, 60, 100, 120, 230, 240, 300, 350 s.
   * Longest first: fewer streams than steps may be open at once.
   */
  private static final List<Integer> LADDER = List.of(355, 305, 245, 235, 125, 105, 65, 55, 35, 20);

  /** What comes after the quick check, in six minutes. A cap of 8 MB is known; 16 is the most. */
  public static final Plan DEEP = new Plan(0, 0, LADDER, 305, 2, 16 << 20);

  public Plan {
    idleSeconds = List.copyOf(idleSeconds);
    if (holdStreams > Probe.MAX_STREAMS) {
      throw new IllegalArgumentException("holdStreams: the probe lets so many be open at once");
    }
  }

  /** The longest silence this looks at. */
  public int longestIdleSeconds() {
    return idleSeconds.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** What lies beyond it. */
  public String beyond() {
    return "idle-cut above %d s, total-cap above %d s, size-cap above %d MiB"
        .formatted(longestIdleSeconds(), totalSeconds, bytes >> 20);
  }
}
