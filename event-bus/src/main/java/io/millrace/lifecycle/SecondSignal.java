package io.millrace.lifecycle;

import io.millrace.telemetry.EventBusLog;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Ends the process at once when it is told a second time to end. The JVM starts a thread for each
 * signal; that of the first runs the shutdown, that of a second one waits behind it for good. So a
 * second thread of that name is a second signal, without the JDK's internal classes. Where a JVM
 * names them otherwise, a second signal does nothing, as everywhere in Java. A thread of its own,
 * while the process drains.
 */
public final class SecondSignal {

  /** What the JVM calls the threads of SIGTERM, SIGINT and SIGHUP. */
  private static final Pattern HANDLER = Pattern.compile("SIG(TERM|INT|HUP) handler");

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** 128 and the number of SIGTERM, as after a signal that nobody handled. */
  private static final int EXIT_STATUS = 143;

  private SecondSignal() {}

  /** Watches until the process is gone; does nothing where it was not a signal that ends it. */
  public static void watch() {
    if (signals() > 0) {
      Thread watch = new Thread(SecondSignal::await, "second-signal");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void await() {
    try {
      while (signals() < 2) {
        Thread.sleep(LOOK_EVERY.toMillis());
      }
      EventBusLog.LOG.secondSignal();
      // Not exit(): that waits for the shutdown which is to be cut short.
      Runtime.getRuntime().halt(EXIT_STATUS);
    } catch (InterruptedException notAnyMore) {
      Thread.currentThread().interrupt();
    }
  }

  private static long signals() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    // Room for those that start meanwhile.
    Thread[] threads = new Thread[2 * all.activeCount() + 8];
    int count = all.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> HANDLER.matcher(thread.getName()).matches())
        .count();
  }
}
