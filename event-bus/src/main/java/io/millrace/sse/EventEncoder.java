package io.millrace.sse;

import io.millrace.event.Event;
import io.millrace.event.Part.Delta;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes an event as one SSE frame: {@code id}, {@code event}, {@code data}, an empty line. Shards
 * call it once per event and event loop; the bytes are shared by all its connections.
 *
 * <p>The order matters: some clients commit the id only if it came before the data (wire.md §2).
 */
public final class EventEncoder {

  private static final byte[] ID = ascii("id: ");
  private static final byte[] EVENT = ascii("\nevent: ");
  private static final byte[] DATA = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");

  private EventEncoder() {}

  /** Appends the frame of one event; {@code id} is its cursor as text. */
  public static void encode(ByteBuf out, String id, Event event) {
    begin(out, id, event.type());
    if (event.multiline()) {
      lines(out, event.data());
    } else {
      out.writeBytes(DATA).writeBytes(event.data());
    }
    out.writeBytes(END);
  }

  /**
   * Appends one frame for deltas that {@linkplain CoalescingEncoder#areMergeable differ} in their
   * text alone: the first of them, with the text of all.
   */
  static void encodeMerged(ByteBuf out, String id, List<Event> deltas) {
    Event first = deltas.get(0);
    Delta text = first.part().delta();
    begin(out, id, first.type());
    out.writeBytes(DATA).writeBytes(first.data(), 0, text.from());
    for (Event delta : deltas) {
      Delta piece = delta.part().delta();
      out.writeBytes(delta.data(), piece.from(), piece.to() - piece.from());
    }
    out.writeBytes(first.data(), text.to(), first.data().length - text.to()).writeBytes(END);
  }

  /** Appends a frame of the server's own. */
  static void encode(ByteBuf out, String id, String type, String data) {
    begin(out, id, type);
    out.writeBytes(DATA);
    out.writeCharSequence(data, StandardCharsets.UTF_8);
    out.writeBytes(END);
  }

  private static void begin(ByteBuf out, String id, String type) {
    out.writeBytes(ID);
    out.writeCharSequence(id, StandardCharsets.US_ASCII);
    if (!type.isEmpty()) {
      out.writeBytes(EVENT);
      out.writeCharSequence(type, StandardCharsets.UTF_8);
    }
  }

  /** One {@code data:} field per line; the client joins them with LF again. */
  private static void lines(ByteBuf out, byte[] data) {
    int start = 0;
    for (int i = 0; i <= data.length; i++) {
      if (i == data.length || data[i] == '\n') {
        out.writeBytes(DATA).writeBytes(data, start, i - start);
        start = i + 1;
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
