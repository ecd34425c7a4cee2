package io.millrace.fanout;

import io.millrace.event.Positions;
import io.millrace.sse.ResetReason;
import java.util.Map;

/** Where a new subscriber begins. */
public sealed interface ResumePoint {

  /** With the next event. */
  enum Live implements ResumePoint {
    INSTANCE
  }

  /** Behind what its cursor names. */
  record After(Positions cursor) implements ResumePoint {}

  /**
   * With the first event of what is in progress, then all that came since.
   *
   * @param begins offset of it in each partition it is in; of the others nothing older is wanted
   */
  record Begin(Map<Integer, Long> begins) implements ResumePoint {

    /** Everything before it is not wanted, seen from the end of the log. */
    Positions from(Positions end) {
      Positions from = end;
      for (Map.Entry<Integer, Long> begin : begins.entrySet()) {
        from = from.with(begin.getKey(), Math.min(begin.getValue(), end.at(begin.getKey())));
      }
      return from;
    }
  }

  /** Its cursor can't be honoured: told so, then live. */
  record Reset(ResetReason reason) implements ResumePoint {}
}
