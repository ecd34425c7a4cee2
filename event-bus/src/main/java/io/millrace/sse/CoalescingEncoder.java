package io.millrace.sse;

import io.millrace.event.Event;
import io.millrace.event.Part.Delta;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes events in order, adjacent deltas of one text as one event of the same kind: its delta is
 * theirs one after the other, its id that of the last. No event is parsed: where the text stands
 * was found when the event was read, and of mergeable events all other bytes are equal, but for the
 * digits of a timestamp. For one buffer; its event loop only.
 */
public final class CoalescingEncoder {

  /**
   * Most bytes of merged text in one event. Below what proxies buffer of a response (16 KB and
   * more), half of a socket's write queue: one frame never fills it.
   */
  public static final int MAX_MERGED_BYTES = 16 * 1024;

  private final ByteBuf out;
  private final List<Event> group = new ArrayList<>();
  private int textBytes;
  private Supplier<String> id = () -> "";
  private int frames;

  public CoalescingEncoder(ByteBuf out) {
    this.out = out;
  }

  /** The next event and its cursor as text, asked for if it is written. */
  public void add(Event event, Supplier<String> cursor) {
    if (!group.isEmpty() && !fits(event)) {
      write();
    }
    group.add(event);
    textBytes += textBytes(event);
    id = cursor;
  }

  private boolean fits(Event event) {
    return areMergeable(group.get(0), event) && textBytes + textBytes(event) <= MAX_MERGED_BYTES;
  }

  private static int textBytes(Event event) {
    return event.part().delta().to() - event.part().delta().from();
  }

  /** Writes what was held back. */
  public void finish() {
    if (!group.isEmpty()) {
      write();
    }
  }

  private void write() {
    if (group.size() == 1) {
      EventEncoder.encode(out, id.get(), group.get(0));
    } else {
      EventEncoder.encodeMerged(out, id.get(), group);
    }
    frames++;
    group.clear();
    textBytes = 0;
  }

  /** Frames written so far. */
  public int frames() {
    return frames;
  }

  /**
   * Whether two events that follow each other are deltas of one text, for the same eyes: of the
   * same name, filed under the same routes, and equal in all bytes but text and timestamp.
   */
  public static boolean areMergeable(Event first, Event next) {
    return first.part().isDelta()
        && next.part().isDelta()
        && first.type().equals(next.type())
        && first.routes().equals(next.routes())
        && haveEqualEnvelopes(first, next);
  }

  private static boolean haveEqualEnvelopes(Event first, Event next) {
    return envelope(first).equals(envelope(next));
  }

  /** All but text and timestamp, in order; a timestamp before the text is not one behind it. */
  private static List<ByteBuffer> envelope(Event event) {
    Delta delta = event.part().delta();
    int end = event.data().length;
    if (delta.stampFrom() == delta.stampTo()) {
      return List.of(piece(event, 0, delta.from()), piece(event, delta.to(), end));
    }
    return delta.stampFrom() < delta.from()
        ? List.of(
            piece(event, 0, delta.stampFrom()),
            piece(event, delta.stampTo(), delta.from()),
            piece(event, delta.to(), end))
        : List.of(
            piece(event, 0, delta.from()),
            piece(event, delta.to(), delta.stampFrom()),
            piece(event, delta.stampTo(), end));
  }

  private static ByteBuffer piece(Event event, int from, int to) {
    return ByteBuffer.wrap(event.data(), from, to - from);
  }
}
