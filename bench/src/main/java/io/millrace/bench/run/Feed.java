package io.millrace.bench.run;

import io.millrace.bench.contender.EventPublisher;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.Payload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Publishes the numbered events of a round, at a pace or as fast as the streams take them. One
 * thread.
 */
public final class Feed {

  /**
   * How often to look whether the next event may go: well below the time one event takes to reach
   * all streams.
   */
  private static final long LOOK_NANOS = 1_000_000;

  /** An event that takes longer to reach all streams will not. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final EventPublisher publisher;
  private final LoadClient client;
  private final Payload payload;
  private final int streams;
  private long published;

  public Feed(EventPublisher publisher, LoadClient client, Payload payload, int streams) {
    this.publisher = publisher;
    this.client = client;
    this.payload = payload;
    this.streams = streams;
  }

  public long published() {
    return published;
  }

  private long outstanding() {
    return published * streams - client.delivered();
  }

  /** One more, at once. */
  public void publish() {
    publish(payload);
  }

  private void publish(Payload content) {
    publisher.publish(content.event(published, BenchClock.nanos()));
    published++;
  }

  /** Publishes so many events a second, whatever the server does. */
  public void paced(double eventsPerSecond, Duration time) {
    long events = Math.round(eventsPerSecond * time.toNanos() / 1e9);
    pacedWhile(eventsPerSecond, events, () -> true);
  }

  /** As above, for as long as the condition holds, and not for ever. */
  public void pacedWhile(double eventsPerSecond, Duration longest, BooleanSupplier more) {
    pacedWhile(eventsPerSecond, Math.round(eventsPerSecond * longest.toNanos() / 1e9), more);
  }

  private void pacedWhile(double eventsPerSecond, long events, BooleanSupplier more) {
    long start = BenchClock.nanos();
    for (long i = 0; i < events && more.getAsBoolean(); i++) {
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
  public void saturated(int inFlight, Duration time) {
    long end = BenchClock.nanos() + time.toNanos();
    while (BenchClock.nanos() < end) {
      if (outstanding() <= (long) (inFlight - 1) * streams) {
        publish();
      } else {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /** Publishes so many events of another size, a few under way at a time. */
  public void fill(int events, int inFlight, Payload content) throws InterruptedException {
    for (int i = 0; i < events; i++) {
      Wait.until(
          () -> outstanding() <= (long) (inFlight - 1) * streams, STUCK, "a delivery of an event");
      publish(content);
    }
  }

  /**
   * Waits until everything has arrived; gives up silently, since the delivery check tells what is
   * missing.
   */
  public void drain(Duration limit) {
    long end = BenchClock.nanos() + limit.toNanos();
    while (outstanding() > 0 && BenchClock.nanos() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
