package io.millrace.probe;

import java.util.function.IntFunction;

/**
 * What one phase sends, and when: made as it is needed, since a long one has thousands of steps.
 *
 * @param steps how many there are
 * @param step each of them, by number
 * @param endMillis when the response ends, counted from its head
 */
record Schedule(int steps, IntFunction<Step> step, long endMillis) {

  private static final int SMALL_BYTES = 200;
  private static final int LARGEST_BYTES = 64 << 10;

  /** Below, at and above the buffers of 4 and 8 KiB that proxies have; the last is the largest. */
  private static final int[] LARGE_BYTES = {3 << 10, 3 << 10, 6 << 10, 6 << 10, 64 << 10, 64 << 10};

  private static final int SMALL_EVENTS = 10;
  private static final long SILENCE_MILLIS = 2_000;

  /**
   * Apart by more than a flush interval of proxies (100 ms) and HAProxy's delay (200 ms): otherwise
   * an event rides along with the one before and looks undelayed.
   */
  private static final long SMALL_PACE_MILLIS = 250;

  /** Long enough for 64 KiB to arrive before the next, over 2 Mbit/s. */
  private static final long LARGE_PACE_MILLIS = 300;

  private static final long SECOND = 1_000;

  /**
   * One thing to send.
   *
   * @param atMillis when, counted from the head
   * @param eventBytes size of the event; 0 for a heartbeat
   */
  record Step(long atMillis, int eventBytes) {

    boolean isHeartbeat() {
      return eventBytes == 0;
    }
  }

  static Schedule of(ProbeRequest request) {
    int amount = request.amount().orElse(0);
    return switch (request.phase()) {
      case SILENCE -> new Schedule(1, i -> small(SILENCE_MILLIS), SILENCE_MILLIS);
      case SMALL -> new Schedule(SMALL_EVENTS, i -> small(i * SMALL_PACE_MILLIS), smallEnd());
      case LARGE -> new Schedule(LARGE_BYTES.length, Schedule::large, largeEnd());
      case IDLE -> new Schedule(2, i -> small(i * amount * SECOND), amount * SECOND);
      case TOTAL -> new Schedule(amount + 1, i -> small(i * SECOND), amount * SECOND);
      case BYTES -> bytes(amount);
      case HOLD -> new Schedule(amount, Schedule::held, amount * SECOND);
      case REPORT -> new Schedule(0, Schedule::held, 0);
    };
  }

  private static long smallEnd() {
    return (SMALL_EVENTS - 1) * SMALL_PACE_MILLIS;
  }

  /** A pace after the last event: its end must not come because of the end of the response. */
  private static long largeEnd() {
    return LARGE_BYTES.length * LARGE_PACE_MILLIS;
  }

  private static Step small(long atMillis) {
    return new Step(atMillis, SMALL_BYTES);
  }

  private static Step large(int number) {
    return new Step(number * LARGE_PACE_MILLIS, LARGE_BYTES[number]);
  }

  private static Schedule bytes(int amount) {
    int events = (amount + LARGEST_BYTES - 1) / LARGEST_BYTES;
    return new Schedule(
        events, i -> new Step(0, Math.min(LARGEST_BYTES, amount - i * LARGEST_BYTES)), 0);
  }

  private static Step held(int number) {
    return new Step(number * SECOND, number == 0 ? SMALL_BYTES : 0);
  }
}
