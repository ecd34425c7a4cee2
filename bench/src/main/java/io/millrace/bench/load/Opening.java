package io.millrace.bench.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams a few at a time, so that a server's accept queue holds them all. Any thread,
 * guarded by itself.
 */
final class Opening {

  /** Connections under way per event loop; well below the smallest usual backlog of 128. */
  private static final int AT_ONCE = 64;

  /** Opens the n-th stream and says so: null when it is open, else why it is not. */
  interface Connector {
    void connect(int index, EventLoop loop, Consumer<@Nullable String> whenOpen);
  }

  private final int streams;
  private final Connector connector;
  private final CountDownLatch open;
  private final Map<String, Integer> failures = new TreeMap<>();
  private int next;

  Opening(int streams, Connector connector) {
    this.streams = streams;
    this.connector = connector;
    this.open = new CountDownLatch(streams);
  }

  void start(Iterable<EventLoop> loops) {
    for (EventLoop loop : loops) {
      for (int i = 0; i < AT_ONCE; i++) {
        connectNext(loop);
      }
    }
  }

  private void opened(EventLoop loop, @Nullable String failure) {
    if (failure != null) {
      synchronized (this) {
        failures.merge(failure, 1, Integer::sum);
      }
    }
    open.countDown();
    connectNext(loop);
  }

  private void connectNext(EventLoop loop) {
    int index;
    synchronized (this) {
      if (next == streams) {
        return;
      }
      index = next++;
    }
    connector.connect(index, loop, failure -> opened(loop, failure));
  }

  /** Waits for all streams; every one must have opened. */
  void await(Duration limit) throws InterruptedException {
    boolean all = open.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (this) {
      if (!all || !failures.isEmpty()) {
        throw new IllegalStateException(
            "of %d streams %d did not open: %s"
                .formatted(
                    streams, open.getCount() + sum(), failures.isEmpty() ? "no answer" : failures));
      }
    }
  }

  private int sum() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }
}
