package io.millrace.fanout;

import java.util.Locale;

/** What a {@link Subscriber} is doing. */
enum State {
  /** Given every event of its log as it arrives. */
  LIVE,
  /** In line for its next turn of reading its log. */
  CATCHING_UP,
  /** Waiting for its socket to take more. */
  STALLED,
  /** Waiting for a replay of what lies before the tail. */
  WAITING,
  CLOSED;

  /** The form in metrics. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
