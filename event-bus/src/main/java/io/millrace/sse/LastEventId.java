package io.millrace.sse;

import java.util.List;
import java.util.Optional;

/**
 * Where a request says what it received last. The header wins: a native client keeps its stale URL
 * when it reconnects.
 */
public final class LastEventId {

  /** The header of the WHATWG text. */
  public static final String HEADER = "Last-Event-ID";

  /** Query aliases of clients that cannot set a header, in the order they are looked at. */
  public static final List<String> QUERY_ALIASES =
      List.of("lastEventId", "last_event_id", "lastEventID");

  private LastEventId() {}

  /** The first that is not empty; an empty id means "nothing received yet". */
  public static Optional<String> of(Optional<String> header, List<String> aliases) {
    return java.util.stream.Stream.concat(header.stream(), aliases.stream())
        .filter(id -> !id.isEmpty())
        .findFirst();
  }
}
