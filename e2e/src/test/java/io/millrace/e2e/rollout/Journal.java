package io.millrace.e2e.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened to the streams of all listeners during one step. Their event loop writes, any
 * thread reads.
 */
final class Journal {

  private final List<Long> announcedReturns = new ArrayList<>();
  private final List<String> trouble = new ArrayList<>();
  private int announced;
  private int cut;
  private int unannounced;
  private int busy;
  private int unreachable;

  /** A new step begins. */
  synchronized void clear() {
    announcedReturns.clear();
    trouble.clear();
    announced = 0;
    cut = 0;
    unannounced = 0;
    busy = 0;
    unreachable = 0;
  }

  /** A listener asks for a stream again. */
  synchronized void returned(boolean wasTold) {
    if (wasTold) {
      announcedReturns.add(System.nanoTime());
    }
  }

  /** A stream is over. */
  synchronized void ended(boolean wasTold, boolean wasCut) {
    if (wasTold) {
      announced++;
    } else if (wasCut) {
      cut++;
    } else {
      unannounced++;
    }
  }

  /** A soft reject: come back later. */
  synchronized void busy() {
    busy++;
  }

  /** No connection, or no answer: a browser tries again. */
  synchronized void unreachable() {
    unreachable++;
  }

  /** An answer at which a browser gives up. */
  synchronized void refused(int status) {
    trouble.add("status " + status);
  }

  synchronized void reset(String data) {
    trouble.add("stream.reset " + data);
  }

  /** What must not happen: answers at which a browser gives up, and resets. */
  synchronized List<String> trouble() {
    return List.copyOf(trouble);
  }

  synchronized int announced() {
    return announced;
  }

  /** Streams that were over without a word. */
  synchronized int unannounced() {
    return unannounced + cut;
  }

  synchronized int busyAnswers() {
    return busy;
  }

  synchronized int failedConnections() {
    return unreachable;
  }

  /** When listeners came back that had been told to, by {@link System#nanoTime()}. */
  synchronized List<Long> announcedReturns() {
    return List.copyOf(announcedReturns);
  }
}
