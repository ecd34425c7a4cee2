package io.millrace.e2e.rollout;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How evenly listeners came back while one pod drained.
 *
 * @param busiest of them in one second
 * @param mean of them in a second of the window
 */
record Rush(long busiest, double mean) {

  /** With fewer returns the busiest second says nothing but chance. */
  private static final int ENOUGH = 50;

  private static final double SECOND = 1e9;

  double ratio() {
    return busiest / mean;
  }

  /**
   * The least even window of all in which enough came back.
   *
   * @param starts when pods began to drain, in nanoseconds
   * @param windowSeconds how long each did
   * @param returns when listeners came back, in nanoseconds
   */
  static Optional<Rush> worst(List<Long> starts, int windowSeconds, List<Long> returns) {
    return starts.stream()
        .map(start -> secondsAfter(start, windowSeconds, returns))
        .filter(seconds -> seconds.size() >= ENOUGH)
        .map(seconds -> new Rush(most(seconds), (double) seconds.size() / windowSeconds))
        .max(Comparator.comparing(Rush::ratio));
  }

  private static List<Long> secondsAfter(long start, int windowSeconds, List<Long> returns) {
    return returns.stream()
        .map(nanos -> (long) Math.floor((nanos - start) / SECOND))
        .filter(second -> second >= 0 && second < windowSeconds)
        .toList();
  }

  private static long most(List<Long> seconds) {
    Map<Long, Long> perSecond =
        seconds.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return perSecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
