package io.millrace.cli.up;

import io.millrace.cli.runtime.Failure;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Everything that has to end when {@code up} ends, ended in the reverse order of its start.
 *
 * <p>Ctrl-C may come while things are still starting: what is added after the end has begun is
 * ended at once. Any thread.
 */
final class Closing implements AutoCloseable {

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private volatile boolean closed;

  /** Remembers how to end something that has just been started. */
  void add(Runnable end) {
    synchronized (this) {
      if (!closed) {
        ends.push(end);
        return;
      }
    }
    end.run();
    throw new Failure("stopped while starting");
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends everything; a second call waits for the first. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }
}
