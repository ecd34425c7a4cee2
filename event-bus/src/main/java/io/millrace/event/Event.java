package io.millrace.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * One Kafka record as subscribers see it. The poll thread makes it, the tail holds it, event loops
 * read it; immutable (the bytes are shared, never written to).
 *
 * @param partition partition of the record
 * @param offset offset of the record in that partition
 * @param routes what it is filed under; empty: invisible to everyone, kept only so that cursors
 *     move past it
 * @param type SSE event name; empty: the {@code event:} line is left out
 * @param data UTF-8 bytes of the {@code data:} field, line ends normalised to LF
 * @param multiline whether {@code data} contains an LF, so that the encoder need not look
 * @param part what it is to the run of an agent
 * @param timestampMillis when it was written, by the record's own time stamp; 0 when it has none
 * @param traceparent the span it was sent in, where that is traced; else empty
 */
public record Event(
    int partition,
    long offset,
    Set<Route> routes,
    String type,
    byte[] data,
    boolean multiline,
    Part part,
    long timestampMillis,
    String traceparent) {

  /** Longest event name in characters. */
  public static final int MAX_TYPE_LENGTH = 256;

  /** Names starting so are the server's own; a producer must not be able to forge them. */
  public static final String RESERVED_TYPE_PREFIX = "stream.";

  /**
   * Bytes an event costs in the tail beside its data: objects, routes and its share of the route
   * index, measured with 40-character routes on a 64-bit heap with compressed pointers, rounded up.
   */
  private static final int OVERHEAD_BYTES = 400;

  /** Id, event name and field names of a frame. */
  private static final int FRAME_BYTES = 160;

  /** What looking at a delta costs beside copying its text. */
  private static final int DELTA_BYTES = 32;

  private static final byte[] NOTHING = {};

  public Event {
    requireType(type);
  }

  /** One that is of no run. */
  public Event(
      int partition, long offset, Set<Route> routes, String type, byte[] data, boolean multiline) {
    this(partition, offset, routes, type, data, multiline, Part.NONE);
  }

  /** One of which nobody knows when it was written. */
  public Event(
      int partition,
      long offset,
      Set<Route> routes,
      String type,
      byte[] data,
      boolean multiline,
      Part part) {
    this(partition, offset, routes, type, data, multiline, part, 0, "");
  }

  /** The place of a record that reaches nobody: a tombstone or a malformed one. */
  public static Event invisible(int partition, long offset) {
    return new Event(partition, offset, Set.of(), "", NOTHING, false);
  }

  /** What this event counts against the tail's byte limit. */
  public int sizeInBytes() {
    return OVERHEAD_BYTES + data.length;
  }

  /**
   * What it counts against what a subscriber is given in one turn: its frame, give or take. A delta
   * counts its text, since to one who is behind it goes as a part of a larger one.
   */
  public int deliveryBytes() {
    return part.isDelta()
        ? part.delta().to() - part.delta().from() + DELTA_BYTES
        : data.length + FRAME_BYTES;
  }

  /** The same event, filed under these routes as this part of a run. */
  public Event placed(Set<Route> runs, Part placed) {
    return new Event(
        partition, offset, runs, type, data, multiline, placed, timestampMillis, traceparent);
  }

  /** The conversation it belongs to, if it belongs to one. */
  public Optional<Route.Conversation> conversation() {
    for (Route route : routes) {
      if (route instanceof Route.Conversation conversation) {
        return Optional.of(conversation);
      }
    }
    return Optional.empty();
  }

  /** The run that ends with it, if one does. */
  public Optional<Route.Run> ends() {
    return part.kind() == Part.Kind.END && !part.run().isEmpty()
        ? conversation().map(c -> new Route.Run(c.id(), part.run()))
        : Optional.empty();
  }

  /** The data as text, for messages and tests. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  private static void requireType(String type) {
    if (type.length() > MAX_TYPE_LENGTH) {
      throw new IllegalArgumentException(
          "ce_type must not be longer than " + MAX_TYPE_LENGTH + " characters");
    }
    if (type.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("ce_type must not contain control characters");
    }
    if (type.startsWith(RESERVED_TYPE_PREFIX)) {
      throw new IllegalArgumentException("ce_type must not start with " + RESERVED_TYPE_PREFIX);
    }
  }
}
