package io.millrace.bench.load;

import io.millrace.bench.stream.BenchClock;
import java.time.Duration;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Clients on their way back. One thread. */
public final class Resumption {

  private final Turnstile turnstile;
  private final Supplier<Histogram> times;
  private final long startNanos = BenchClock.nanos();

  Resumption(Turnstile turnstile, Supplier<Histogram> times) {
    this.turnstile = turnstile;
    this.times = times;
  }

  /**
   * What it took.
   *
   * @param clients how many came back
   * @param nanos from the first request to the last event of the last client
   * @param times nanoseconds from each client's connect to its last missed event
   */
  public record Figure(long clients, long nanos, Histogram times) {

    public double perSecond() {
      return clients * 1e9 / nanos;
    }

    public double millis(double percentile) {
      return times.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /** Whether every client is whole, or has failed. */
  public boolean isDone() {
    return turnstile.isDone();
  }

  /** Waits until every client has every event it missed; fails when one has not. */
  public Figure await(Duration limit) throws InterruptedException {
    turnstile.await("come back whole", limit);
    long nanos = BenchClock.nanos() - startNanos;
    Histogram all = times.get();
    return new Figure(all.getTotalCount(), nanos, all);
  }
}
