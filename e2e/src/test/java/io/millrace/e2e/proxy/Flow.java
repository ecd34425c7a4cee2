package io.millrace.e2e.proxy;

import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.Silence;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Events sent steadily, so that only a limit of the total time can end the stream. */
final class Flow {

  private static final int PAUSE_MILLIS = 200;

  private Flow() {}

  /** One event every 200 ms until a condition holds, patiently, or the proxy has left. */
  static void until(Callable<Boolean> condition, OriginExchange exchange) {
    AtomicInteger id = new AtomicInteger();
    Silence.until(
        () -> {
          try {
            exchange.event(id.incrementAndGet(), 50);
          } catch (IOException left) {
            return true;
          }
          return condition.call() || exchange.awaitPeerLeft(PAUSE_MILLIS);
        });
  }
}
