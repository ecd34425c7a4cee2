package io.millrace.bench.load;

/**
 * Whether every stream got every event exactly once, in order, over its whole life.
 *
 * @param streams how many streams were open
 * @param published events published while they were
 * @param delivered events counted on all streams
 * @param missing events that some stream did not get, summed over the streams
 * @param repeated events that came twice or late, summed over the streams
 * @param control events that the server made itself, such as {@code stream.reset}
 * @param lost streams that ended before the client ended them
 */
public record DeliveryCheck(
    int streams,
    long published,
    long delivered,
    long missing,
    long repeated,
    long control,
    int lost) {

  static DeliveryCheck none(long published) {
    return new DeliveryCheck(0, published, 0, 0, 0, 0, 0);
  }

  DeliveryCheck plus(StreamConnection stream) {
    StreamProgress progress = stream.progress();
    return new DeliveryCheck(
        streams + 1,
        published,
        delivered + progress.received(),
        missing + progress.missing(published),
        repeated + progress.repeated(),
        control + progress.control(),
        lost + (stream.isClosed() ? 1 : 0));
  }

  /** The same check for two sets of streams as one. */
  public DeliveryCheck and(DeliveryCheck other) {
    return new DeliveryCheck(
        streams + other.streams,
        published + other.published,
        delivered + other.delivered,
        missing + other.missing,
        repeated + other.repeated,
        control + other.control,
        lost + other.lost);
  }

  public boolean isExactlyOnce() {
    return missing == 0 && repeated == 0 && control == 0 && lost == 0;
  }
}
