package io.millrace.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one event loop has received over all its streams. Written by its event loop only; the totals
 * are read from any thread.
 */
final class LoopTally {

  /** A minute: beyond this a stream is broken, not slow. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 3;

  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final SingleWriterRecorder latency =
      new SingleWriterRecorder(LONGEST_NANOS, SIGNIFICANT_DIGITS);

  /** One read from a socket. An ordered store costs a plain one: there is a single writer. */
  void read(int events, int size) {
    delivered.lazySet(delivered.getPlain() + events);
    bytes.lazySet(bytes.getPlain() + size);
    reads.lazySet(reads.getPlain() + 1);
  }

  void latency(long nanos) {
    latency.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
  }

  long delivered() {
    return delivered.get();
  }

  long bytes() {
    return bytes.get();
  }

  long reads() {
    return reads.get();
  }

  /** The latencies in nanoseconds since the last call. */
  Histogram takeLatency() {
    return latency.getIntervalHistogram();
  }
}
