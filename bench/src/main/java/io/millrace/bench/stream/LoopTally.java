package io.millrace.bench.stream;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one event loop has received over all its streams. Written by its event loop only; the totals
 * are read from any thread.
 */
public final class LoopTally {

  /** A minute: beyond this a stream is broken, not slow. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  /** Ten minutes: no scenario waits longer for a client to be whole again. */
  private static final long LONGEST_RETURN_NANOS = 600_000_000_000L;

  /** Of every histogram here. */
  public static final int SIGNIFICANT_DIGITS = 3;

  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final SingleWriterRecorder latency =
      new SingleWriterRecorder(LONGEST_NANOS, SIGNIFICANT_DIGITS);
  private final SingleWriterRecorder resumed =
      new SingleWriterRecorder(LONGEST_RETURN_NANOS, SIGNIFICANT_DIGITS);

  /** One read from a socket. An ordered store costs a plain one: there is a single writer. */
  void read(int events, int size) {
    delivered.lazySet(delivered.getPlain() + events);
    bytes.lazySet(bytes.getPlain() + size);
    reads.lazySet(reads.getPlain() + 1);
  }

  void latency(long nanos) {
    latency.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
  }

  /** A client is whole again, so long after it began to connect. */
  public void resumed(long nanos) {
    resumed.recordValue(Math.min(nanos, LONGEST_RETURN_NANOS));
  }

  public long delivered() {
    return delivered.get();
  }

  public long bytes() {
    return bytes.get();
  }

  public long reads() {
    return reads.get();
  }

  /** The latencies in nanoseconds since the last call. */
  public Histogram takeLatency() {
    return latency.getIntervalHistogram();
  }

  /** Nanoseconds that clients needed to be whole again, since the last call. */
  public Histogram takeResumed() {
    return resumed.getIntervalHistogram();
  }
}
