package io.millrace.fanout;

import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.sse.Past;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What came before an event of a slice: in the slice itself, else in the log it was read from, as
 * far back as that reaches. Its event loop only.
 *
 * @param entries the slice
 * @param log where it is from
 */
record SlicePast(List<Read.Entry> entries, TailLog log) implements Past {

  /** Places of the log to look at first; what is asked for is seldom far back. */
  private static final long FIRST_STEP = 1024;

  private static final int STEP_GROWTH = 16;

  @Override
  public List<Event> since(Predicate<Event> first, Event last, Route route) {
    List<Event> here = before(last, route);
    int at = lastMatch(here, first);
    if (at >= 0) {
      return here.subList(at, here.size());
    }
    long end = entries.get(0).seq();
    for (long step = FIRST_STEP, from = end; from > log.first(); step *= STEP_GROWTH) {
      from = Math.max(log.first(), end - step);
      List<Event> earlier = read(from, end, route);
      at = lastMatch(earlier, first);
      if (at >= 0) {
        List<Event> found = new ArrayList<>(earlier.subList(at, earlier.size()));
        found.addAll(here);
        return found;
      }
    }
    return List.of();
  }

  private List<Event> before(Event last, Route route) {
    return entries.stream()
        .map(Read.Entry::event)
        .takeWhile(event -> event != last)
        .filter(event -> event.routes().contains(route))
        .toList();
  }

  private List<Event> read(long from, long end, Route route) {
    List<Event> events = new ArrayList<>();
    long next = from;
    while (next < end
        && log.read(next, Set.of(route), SliceFrames.MAX_EVENTS, Long.MAX_VALUE)
            instanceof Read.Slice slice) {
      slice.entries().stream()
          .filter(entry -> entry.seq() < end)
          .forEach(entry -> events.add(entry.event()));
      next = slice.next();
    }
    return events;
  }

  private static int lastMatch(List<Event> events, Predicate<Event> first) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (first.test(events.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
