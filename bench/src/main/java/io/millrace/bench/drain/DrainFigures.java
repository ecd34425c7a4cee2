package io.millrace.bench.drain;

import io.millrace.bench.load.Ending;
import io.millrace.bench.stream.DeliveryCheck;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one round showed.
 *
 * @param signalNanos when SIGTERM was sent
 * @param exitSeconds from then to the end of the process; NaN when it had to be killed
 * @param endings every stream that was ended
 * @param windowSeconds over which they were to end
 * @param check of every client over both replicas
 */
record DrainFigures(
    long signalNanos,
    double exitSeconds,
    List<Ending> endings,
    double windowSeconds,
    DeliveryCheck check) {

  private static final double SECOND = 1e9;

  /** Streams that ended in the second in which most did. */
  double busiestSecond() {
    Map<Long, Long> perSecond =
        endings.stream()
            .map(ending -> (long) ((ending.nanos() - signalNanos) / SECOND))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return perSecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Streams that would end in every second if they ended evenly. */
  double meanSecond() {
    return endings.size() / windowSeconds;
  }

  double busiestToMean() {
    return busiestSecond() / meanSecond();
  }

  /** From the signal to the first end of a stream. */
  double firstSeconds() {
    return seconds(endings.stream().mapToLong(Ending::nanos).min().orElse(signalNanos));
  }

  /** From the signal to the last end of a stream. */
  double lastSeconds() {
    return seconds(endings.stream().mapToLong(Ending::nanos).max().orElse(signalNanos));
  }

  private double seconds(long nanos) {
    return (nanos - signalNanos) / SECOND;
  }

  /** Streams that ended without {@code stream.reconnect}. */
  long unannounced() {
    return endings.stream().filter(ending -> !ending.announced()).count();
  }
}
