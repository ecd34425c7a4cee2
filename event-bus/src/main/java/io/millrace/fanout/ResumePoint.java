package io.millrace.fanout;

import io.millrace.event.Positions;
import io.millrace.sse.ResetReason;

/** Where a new subscriber begins. */
public sealed interface ResumePoint {

  /** With the next event. */
  enum Live implements ResumePoint {
    INSTANCE
  }

  /** Behind what its cursor names. */
  record After(Positions cursor) implements ResumePoint {}

  /** Its cursor can't be honoured: told so, then live. */
  record Reset(ResetReason reason) implements ResumePoint {}
}
