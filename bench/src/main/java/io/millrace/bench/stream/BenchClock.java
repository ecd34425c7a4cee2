package io.millrace.bench.stream;

/**
 * The one clock of publisher and streams: nanoseconds since this process began to measure. Both
 * live in one process, so no clocks have to agree. Any thread.
 */
public final class BenchClock {

  private static final long ORIGIN = System.nanoTime();

  private BenchClock() {}

  public static long nanos() {
    return System.nanoTime() - ORIGIN;
  }
}
