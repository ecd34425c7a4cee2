package io.millrace.e2e.rollout;

import java.util.Locale;
import java.util.Optional;

/**
 * What one step did to the listeners, by their own count.
 *
 * @param seconds until all were whole again
 * @param events that were acknowledged so far
 * @param told streams that ended with {@code stream.reconnect}
 * @param untold streams that ended otherwise
 * @param rush returns of told streams in the least even drain window; empty when there was none
 * @param busy soft rejects
 */
record Row(
    String step,
    long seconds,
    int events,
    int told,
    int untold,
    Optional<Rush> rush,
    int busy,
    int failedConnections) {

  static final String HEAD =
      """
      | step | took, s | streams told to go | cut | busiest second to mean | soft rejects | failed connections | lost | repeated | answers but 200, resets |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  /** A line of the table; only steps that lost and repeated nothing get one. */
  String line() {
    String ratio =
        rush.map(
                worst ->
                    String.format(
                        Locale.ROOT,
                        "%d / %.1f = %.2f",
                        worst.busiest(),
                        worst.mean(),
                        worst.ratio()))
            .orElse("–");
    return "| %s | %d | %d | %d | %s | %d | %d | 0 | 0 | 0 |%n"
        .formatted(step, seconds, told, untold, ratio, busy, failedConnections);
  }
}
