package io.millrace.sse;

/** Why a stream could not go on where its cursor stood: the {@code reason} of a stream.reset. */
public enum ResetReason {
  /** What the cursor is waiting for is no longer within reach. */
  EXPIRED,
  /** The cursor is ahead of the end of the log. */
  TRUNCATED,
  /** The cursor is unreadable or of another topic. */
  UNKNOWN,
  /** The topic was deleted and created anew under open streams. */
  RECREATED;

  /** The form on the wire and in metrics. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
