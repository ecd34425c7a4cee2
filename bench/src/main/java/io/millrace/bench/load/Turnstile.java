package io.millrace.bench.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients through a few at a time: the next may start when one is done. Started from any
 * thread; what the clients do is on their event loops.
 */
final class Turnstile {

  /** What each client does: calls back once, with null when done or with the reason why not. */
  interface Action {
    void start(LoadStream stream, Consumer<@Nullable String> whenDone);
  }

  private final Map<LoadLoop, Queue<LoadStream>> waiting = new HashMap<>();
  private final Action action;
  private final int clients;
  private final CountDownLatch left;
  private final Map<String, Integer> failures = new TreeMap<>();

  private Turnstile(List<LoadStream> streams, Action action) {
    this.action = action;
    this.clients = streams.size();
    this.left = new CountDownLatch(clients);
    streams.forEach(
        stream -> waiting.computeIfAbsent(stream.home(), loop -> new ArrayDeque<>()).add(stream));
  }

  /**
   * @param atOnce most clients under way, over all event loops; at least one on each
   */
  static Turnstile start(List<LoadStream> streams, int atOnce, Action action) {
    Turnstile turnstile = new Turnstile(streams, action);
    int perLoop = Math.max(1, atOnce / Math.max(1, turnstile.waiting.size()));
    turnstile.waiting.forEach(
        (home, line) ->
            home.loop()
                .execute(
                    () -> {
                      for (int i = 0; i < perLoop; i++) {
                        next(turnstile, line);
                      }
                    }));
    return turnstile;
  }

  /** Each line is its event loop's alone. */
  private static void next(Turnstile turnstile, Queue<LoadStream> line) {
    LoadStream stream = line.poll();
    if (stream != null) {
      turnstile.action.start(stream, failure -> turnstile.done(line, failure));
    }
  }

  private void done(Queue<LoadStream> line, @Nullable String failure) {
    if (failure != null) {
      synchronized (failures) {
        failures.merge(failure, 1, Integer::sum);
      }
    }
    left.countDown();
    next(this, line);
  }

  boolean isDone() {
    return left.getCount() == 0;
  }

  /**
   * Waits for all; every one must have done it.
   *
   * @param what they were to do, for the message
   */
  void await(String what, Duration limit) throws InterruptedException {
    boolean all = left.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (failures) {
      if (!all || !failures.isEmpty()) {
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        throw new IllegalStateException(
            "of %d streams %d did not %s: %s"
                .formatted(
                    clients,
                    left.getCount() + failed,
                    what,
                    failures.isEmpty() ? "no answer" : failures));
      }
    }
  }
}
