package io.millrace.sse;

import io.millrace.event.Event;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/**
 * A dialect of the stream: how events are written, and what the server itself says. Event loops
 * call it once for all who are given the same events of the same log, so it holds no state and
 * knows no subscriber; what it has to know of earlier events it asks {@link Past}.
 */
public interface Profile {

  /** As requests name it. */
  String name();

  /** Headers of a response, besides those all have. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /**
   * Whether a stream is one run of an agent: it begins with it, ends with it, and is refused where
   * none is in progress.
   */
  default boolean isOfOneRun() {
    return false;
  }

  /**
   * Whether its clients know {@code stream.reconnect} and {@code stream.checkpoint}. For those who
   * don't, a proper end of a response is the end of all: a stream that has to end early breaks off,
   * as it does when a replica dies, and one that can't be had for now is refused with 503.
   */
  default boolean hasControlEvents() {
    return true;
  }

  /**
   * Appends an event; none of it, as one frame or as several. The id belongs to the last of several
   * alone: who is cut off between them is given all of them again.
   *
   * @param id its cursor as text
   * @return number of frames
   */
  int encode(ByteBuf out, String id, Event event, Past past);

  /**
   * Appends deltas that {@linkplain CoalescingEncoder#areMergeable differ} in their text alone, as
   * if they had been written as one.
   *
   * @param id cursor of the last
   * @return number of frames
   */
  int encodeMerged(ByteBuf out, String id, List<Event> deltas);

  /** Continuity can't be proven. */
  default Frame reset(String id, ResetReason reason, String topic) {
    return Frame.reset(id, reason, topic);
  }

  /** Nothing will follow. */
  default Frame end(String id, String reason) {
    return Frame.end(id, reason);
  }
}
