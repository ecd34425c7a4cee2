package io.millrace.bench.load;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets events gather for a moment before they are read, as network cards do with packets. A client
 * that sleeps until each event would be woken for each, and the kernel charges waking it to the
 * server: a cost that no server with remote clients has. Its event loop.
 */
final class CoalescedReads implements SelectStrategy {

  /** Adds at most this, plus some 60 µs until the timer fires, to every latency. */
  private static final long PAUSE_NANOS = 250_000;

  /** With as many sockets ready the client lags and must not rest. */
  private static final int BUSY = 512;

  private int ready;

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (!hasTasks && ready > 0 && ready < BUSY) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    ready = selectNow.get();
    if (ready > 0 || hasTasks) {
      return ready;
    }
    ready = 1; // At least, when the wait that follows has ended.
    return SELECT;
  }
}
