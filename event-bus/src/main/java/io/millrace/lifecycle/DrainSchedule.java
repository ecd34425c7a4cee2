package io.millrace.lifecycle;

import java.time.Duration;

/**
 * How many streams of one event loop may still be open at a time of the drain: they end evenly, as
 * many in one second as in any other.
 *
 * @param startMillis when the drain began, epoch milliseconds
 * @param window how long the process still lives
 * @param streams how many there were then
 */
record DrainSchedule(long startMillis, Duration window, int streams) {

  /**
   * Part of the window before the first stream ends: a client that came back at once would find
   * this replica again, until every proxy has heard that it is not ready.
   */
  private static final double LEAD = 0.1;

  /** Part of the window after the last one has ended, for its last bytes to leave. */
  private static final double REST = 0.1;

  /** Streams that may still be open. */
  int remaining(long nowMillis) {
    double elapsed = (nowMillis - startMillis) / (double) Math.max(window.toMillis(), 1);
    double done = (elapsed - LEAD) / (1 - LEAD - REST);
    boolean over = window.isZero() || done >= 1;
    return over ? 0 : (int) Math.ceil(streams * (1 - Math.max(done, 0)));
  }
}
