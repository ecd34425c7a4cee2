package io.millrace.sse;

import java.util.Locale;

/** Why a stream could not go on where its cursor stood: the {@code reason} of a stream.reset. */
public enum ResetReason {
  /** What the cursor is waiting for is no longer within reach. */
  EXPIRED,
  /** The cursor is ahead of the end of the log. */
  TRUNCATED,
  /** The cursor is unreadable or of another topic. */
  UNKNOWN,
  /** The topic was deleted and created anew under open streams. */
  RECREATED,

  /** What the cursor is waiting for is further back than one subscriber may ask for. */
  OVER_BUDGET;

  /** The form in metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The form on the wire: to a client, what is out of reach has expired. */
  public String onTheWire() {
    return this == OVER_BUDGET ? EXPIRED.text() : text();
  }
}
