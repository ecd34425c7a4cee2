package io.millrace.kafka.publish;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of events that were taken and not yet written or given up: bounded. Any thread. */
public final class InFlight {

  private final long limit;
  private final AtomicLong bytes = new AtomicLong();

  InFlight(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes, unless there are too many already. One request alone is let in. */
  public boolean take(long more) {
    while (true) {
      long now = bytes.get();
      if (now > 0 && now + more > limit) {
        return false;
      }
      if (bytes.compareAndSet(now, now + more)) {
        return true;
      }
    }
  }

  public void give(long less) {
    bytes.addAndGet(-less);
  }

  long bytes() {
    return bytes.get();
  }
}
