package io.millrace.tail;

import io.millrace.event.Cursor;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import java.util.List;

/** What a read of the tail found. */
public sealed interface Read {

  /** The place asked for has left the tail: events may be missing. */
  enum Evicted implements Read {
    INSTANCE
  }

  /**
   * Events in order.
   *
   * @param epoch names the topic in cursors
   * @param entries the events that matched
   * @param next where to read on: everything before it was looked at
   * @param reached positions before {@code next}
   */
  record Slice(String epoch, List<Entry> entries, long next, Positions reached) implements Read {

    /** The text of a cursor to these positions. */
    public String id(Positions positions) {
      return Cursor.prefix(epoch) + Cursor.encode(positions);
    }
  }

  /**
   * An event and its place.
   *
   * @param seq its sequence number in this replica's tail
   * @param after positions of this replica once the event was read: its cursor
   */
  record Entry(long seq, Event event, Positions after) {}
}
