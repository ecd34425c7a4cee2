package io.millrace.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the log says a thing that goes on: at once, then once a minute for as long as it lasts,
 * however often it is tried. Any thread.
 */
public final class LogPace {

  /** Often enough to be among the last lines of a log, seldom enough not to be all of them. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Things told apart. A text that differs each time is said no more often for that. */
  static final int MAX_THINGS = 16;

  private final Map<String, Instant> said = new HashMap<>();
  private final InstantSource clock;

  public LogPace(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether it is to be said now. */
  public synchronized boolean isDue(String thing) {
    Instant now = clock.instant();
    said.values().removeIf(at -> !now.isBefore(at.plus(INTERVAL)));
    if (said.containsKey(thing) || said.size() == MAX_THINGS) {
      return false;
    }
    said.put(thing, now);
    return true;
  }

  /** All is well: what goes wrong next is news. */
  public synchronized void forget() {
    said.clear();
  }
}
