package io.millrace.sse;

import io.millrace.event.Event;
import io.millrace.event.Route;
import java.util.List;
import java.util.function.Predicate;

/** What came before an event in the log that it is read from. Event loop of its reader. */
@FunctionalInterface
public interface Past {

  /** Nothing is known of it. */
  Past UNKNOWN = (first, last, route) -> List.of();

  /**
   * The events of a route from the latest that matches to the given one; empty where the log no
   * longer reaches back that far.
   *
   * @param first what to look for
   * @param last where to look from; not matched itself
   */
  List<Event> since(Predicate<Event> first, Event last, Route route);
}
