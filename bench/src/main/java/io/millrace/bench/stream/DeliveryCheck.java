package io.millrace.bench.stream;

import java.util.Locale;

/**
 * Whether every client got every event exactly once, in order, over its whole life.
 *
 * @param streams how many clients
 * @param delivered events counted on all of them
 * @param missing events that a client did not get and was not told of, summed over the clients
 * @param repeated events that came twice or late, summed over the clients
 * @param control events that the server made itself, such as {@code stream.reconnect}; without
 *     {@code stream.checkpoint}, which only brings an id
 * @param resets how many of them were {@code stream.reset}: continuity given up, and said so
 * @param lost clients whose stream the server ended and who did not come back
 */
public record DeliveryCheck(
    int streams, long delivered, long missing, long repeated, long control, long resets, int lost) {

  public static final DeliveryCheck NONE = new DeliveryCheck(0, 0, 0, 0, 0, 0, 0);

  /**
   * @param published sequence number after the last that was published for this client
   * @param isLost whether its stream has ended and it was not the client who ended it
   */
  public DeliveryCheck plus(StreamProgress progress, long published, boolean isLost) {
    return new DeliveryCheck(
        streams + 1,
        delivered + progress.received(),
        missing + progress.missing(published),
        repeated + progress.repeated(),
        control + progress.control(),
        resets + progress.resets(),
        lost + (isLost ? 1 : 0));
  }

  /** The same check for two sets of clients as one. */
  public DeliveryCheck and(DeliveryCheck other) {
    return new DeliveryCheck(
        streams + other.streams,
        delivered + other.delivered,
        missing + other.missing,
        repeated + other.repeated,
        control + other.control,
        resets + other.resets,
        lost + other.lost);
  }

  /** Nothing but the events on a stream that never ended. */
  public boolean isExactlyOnce() {
    return isWhole() && control == 0;
  }

  /** Everything once and in order, over however many connections. */
  public boolean isWhole() {
    return isHonest() && resets == 0;
  }

  /** Nothing repeated, and nothing missing without a {@code stream.reset}. */
  public boolean isHonest() {
    return missing == 0 && repeated == 0 && lost == 0;
  }

  /** For a report. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d delivered, %d missing, %d repeated or out of order, %d resets, %d other control"
            + " events, %d streams lost",
        delivered,
        missing,
        repeated,
        resets,
        control - resets,
        lost);
  }
}
