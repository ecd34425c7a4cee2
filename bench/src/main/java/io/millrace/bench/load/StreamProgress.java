package io.millrace.bench.load;

/**
 * What one stream has received, checked against what it must receive: every event, once, in order.
 * Its event loop.
 */
final class StreamProgress {

  private final LoopTally tally;
  private final boolean sampled;
  private long received;
  private long next;
  private long missing;
  private long repeated;
  private long control;
  private boolean busy;
  private int eventsOfRead;

  /**
   * @param sampled whether latency is recorded; one clock read per socket read is too much for
   *     every stream
   */
  StreamProgress(LoopTally tally, boolean sampled) {
    this.tally = tally;
    this.sampled = sampled;
  }

  boolean sampled() {
    return sampled;
  }

  void event(long sequence) {
    eventsOfRead++;
    received++;
    if (sequence == next) {
      next++;
    } else if (sequence > next) {
      missing += sequence - next;
      next = sequence + 1;
    } else {
      repeated++;
    }
  }

  void latency(long nanos) {
    tally.latency(nanos);
  }

  /** An event that nobody published, such as {@code stream.reset}. */
  void controlEvent() {
    control++;
  }

  void busy() {
    busy = true;
  }

  void readDone(int size) {
    tally.read(eventsOfRead, size);
    eventsOfRead = 0;
  }

  boolean isBusy() {
    return busy;
  }

  long received() {
    return received;
  }

  long control() {
    return control;
  }

  long repeated() {
    return repeated;
  }

  /**
   * @param published how many events were published since the stream opened
   */
  long missing(long published) {
    return missing + Math.max(0, published - next);
  }
}
