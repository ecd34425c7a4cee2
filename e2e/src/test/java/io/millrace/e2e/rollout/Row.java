package io.millrace.e2e.rollout;

import java.util.Locale;

/**
 * What one step did to the listeners, by their own count.
 *
 * @param seconds until all were whole again
 * @param events that were acknowledged so far
 * @param told streams that ended with {@code stream.reconnect}
 * @param untold streams that ended otherwise
 * @param busiest returns in the second in which most came back
 * @param mean told streams a second of the time in which pods drained; NaN when none did
 * @param busy soft rejects
 */
record Row(
    String step,
    long seconds,
    int events,
    int told,
    int untold,
    long busiest,
    double mean,
    int busy,
    int failedConnections) {

  static final String HEAD =
      """
      | step | took, s | streams told to go | cut | busiest second to mean | soft rejects | failed connections | lost | repeated | answers but 200, resets |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  double busiestToMean() {
    return busiest / mean;
  }

  /** A line of the table; only steps that lost and repeated nothing get one. */
  String line() {
    String ratio =
        Double.isFinite(busiestToMean()) && told > 0
            ? String.format(Locale.ROOT, "%d / %.1f = %.2f", busiest, mean, busiestToMean())
            : "–";
    return "| %s | %d | %d | %d | %s | %d | %d | 0 | 0 | 0 |%n"
        .formatted(step, seconds, told, untold, ratio, busy, failedConnections);
  }
}
