package io.millrace.bench.fanout;

import io.millrace.bench.contender.EventPublisher;
import io.millrace.bench.load.BenchClock;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Payload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes the numbered events of a round, at a pace or as fast as the streams take them. One
 * thread.
 */
final class Feed {

  /**
   * How often to look whether the next event may go: well below the time one event takes to reach
   * all streams.
   */
  private static final long LOOK_NANOS = 1_000_000;

  private final EventPublisher publisher;
  private final LoadClient client;
  private final Payload payload;
  private final int streams;
  private long published;

  Feed(EventPublisher publisher, LoadClient client, Payload payload, int streams) {
    this.publisher = publisher;
    this.client = client;
    this.payload = payload;
    this.streams = streams;
  }

  long published() {
    return published;
  }

  private long outstanding() {
    return published * streams - client.delivered();
  }

  private void publish() {
    publisher.publish(payload.event(published, BenchClock.nanos()));
    published++;
  }

  /** Publishes so many events a second, whatever the server does. */
  void paced(double eventsPerSecond, Duration time) {
    long events = Math.round(eventsPerSecond * time.toNanos() / 1e9);
    long start = BenchClock.nanos();
    for (long i = 0; i < events; i++) {
      long due = start + (long) (i * 1e9 / eventsPerSecond);
      for (long wait = due - BenchClock.nanos(); wait > 0; wait = due - BenchClock.nanos()) {
        LockSupport.parkNanos(wait);
      }
      publish();
    }
  }

  /**
   * Keeps the server busy: the next event goes out as soon as fewer than {@code inFlight} are under
   * way.
   *
   * @param inFlight 2 is the least that never lets the server wait, and leaves it nothing to put
   *     together in one write
   */
  void saturated(int inFlight, Duration time) {
    long end = BenchClock.nanos() + time.toNanos();
    while (BenchClock.nanos() < end) {
      if (outstanding() <= (long) (inFlight - 1) * streams) {
        publish();
      } else {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /**
   * Waits until everything has arrived; gives up silently, since the delivery check tells what is
   * missing.
   */
  void drain(Duration limit) {
    long end = BenchClock.nanos() + limit.toNanos();
    while (outstanding() > 0 && BenchClock.nanos() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
