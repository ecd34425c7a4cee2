package io.millrace.subscribe;

import io.millrace.event.Route;
import java.util.Set;

/** What a request comes to: routes to follow, or a refusal. */
public sealed interface Resolution permits Resolution.Granted, Rejection {

  /** The caller may follow these. */
  record Granted(Set<? extends Route> routes) implements Resolution {
    public Granted {
      routes = Set.copyOf(routes);
    }
  }
}
