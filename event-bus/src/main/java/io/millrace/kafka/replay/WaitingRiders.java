package io.millrace.kafka.replay;

import io.millrace.fanout.Rider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Those in line for a replay, first come, first served. As many as there are open streams at most:
 * a rider whose stream ends is withdrawn. Any thread.
 */
final class WaitingRiders {

  private final Set<Rider> riders = new LinkedHashSet<>();

  synchronized void add(Rider rider) {
    riders.add(rider);
    notifyAll();
  }

  synchronized void remove(Rider rider) {
    riders.remove(rider);
  }

  /** Waits until somebody is there, for this long at most. */
  synchronized boolean await(Duration atMost) throws InterruptedException {
    if (riders.isEmpty()) {
      wait(atMost.toMillis());
    }
    return !riders.isEmpty();
  }

  /** Takes those out of the line who fit. */
  synchronized List<Rider> take(Predicate<Rider> fits) {
    List<Rider> taken = new ArrayList<>();
    riders.removeIf(rider -> fits.test(rider) && taken.add(rider));
    return taken;
  }

  synchronized int size() {
    return riders.size();
  }
}
