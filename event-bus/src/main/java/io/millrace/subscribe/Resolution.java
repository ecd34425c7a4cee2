package io.millrace.subscribe;

import io.millrace.event.Route;
import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;
import java.util.Set;

/** What a request comes to: routes to follow, or a refusal. */
public sealed interface Resolution permits Resolution.Granted, Rejection {

  /**
   * The caller may follow these.
   *
   * @param from where a request without a cursor begins
   * @param coalesceMillis how long deltas may wait to be merged with those that follow
   * @param profile how the stream is written
   */
  record Granted(Set<? extends Route> routes, From from, int coalesceMillis, Profile profile)
      implements Resolution {
    public Granted {
      routes = Set.copyOf(routes);
    }

    /** These, from now on, event by event, as they are. */
    public Granted(Set<? extends Route> routes) {
      this(routes, From.LIVE, 0, NativeProfile.INSTANCE);
    }

    /** This run alone. */
    Granted of(Route.Run run) {
      return new Granted(Set.of(run), from, coalesceMillis, profile);
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
