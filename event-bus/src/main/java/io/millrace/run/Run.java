package io.millrace.run;

import io.millrace.event.Positions;
import io.millrace.event.Route;

/**
 * What is known of one run. Immutable.
 *
 * @param route what its events are filed under
 * @param parent id of the run around it; empty for none
 * @param nested whether it is a subagent of that run, and ends with it
 * @param partition where its conversation is written
 * @param begin offset of its first event, or {@link #UNKNOWN}
 * @param end offset of its last event, or {@link #UNKNOWN} while more may come
 */
public record Run(
    Route.Run route, String parent, boolean nested, int partition, long begin, long end) {

  static final long UNKNOWN = -1;

  String id() {
    return route.id();
  }

  public boolean isInProgress() {
    return end == UNKNOWN;
  }

  /** False where it began further back than this replica has read. */
  public boolean isBeginKnown() {
    return begin != UNKNOWN;
  }

  /** Whether it has ended before this place: who stands there was given all of it. */
  public boolean isOverAt(Positions place) {
    return !isInProgress() && place.isPast(partition, end);
  }

  /** Whether an event of its conversation at this place may be of it. */
  boolean contains(int at, long offset) {
    return at == partition && begin <= offset && (isInProgress() || offset <= end);
  }

  Run endedAt(long offset) {
    return new Run(route, parent, nested, partition, begin, offset);
  }

  /** As it was before its end. */
  Run inProgress() {
    return endedAt(UNKNOWN);
  }
}
