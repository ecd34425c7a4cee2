package io.millrace.subscribe;

import io.millrace.event.Route;
import java.util.Set;

/** What a request comes to: routes to follow, or a refusal. */
public sealed interface Resolution permits Resolution.Granted, Rejection {

  /**
   * The caller may follow these.
   *
   * @param from where a request without a cursor begins
   * @param coalesceMillis how long deltas may wait to be merged with those that follow
   */
  record Granted(Set<? extends Route> routes, From from, int coalesceMillis) implements Resolution {
    public Granted {
      routes = Set.copyOf(routes);
    }

    /** These, from now on, event by event. */
    public Granted(Set<? extends Route> routes) {
      this(routes, From.LIVE, 0);
    }
  }

  /** Where a request without a cursor begins. */
  enum From {
    /** With the next event. */
    LIVE,
    /** With the first event of the run in progress; with the next where it is not known. */
    RUN_IF_KNOWN,
    /** With the first event of the run in progress; with a reset where it is not known. */
    RUN
  }
}
