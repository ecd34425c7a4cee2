package io.millrace.sse;

import io.millrace.event.Event;
import io.millrace.event.Part.Delta;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes an event as one SSE frame: {@code id}, {@code event}, {@code data}, an empty line. Shards
 * call it once per event and event loop; the bytes are shared by all its connections.
 *
 * <p>The order matters: some clients commit the id only if it came before the data (wire.md §2).
 */
public final class EventEncoder {

  private static final byte LF = '\n';
  private static final byte[] ID = ascii("id: ");
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("data: ");

  private EventEncoder() {}

  /**
   * Appends the frame of one event.
   *
   * @param id its cursor as text
   * @param type its name on the stream; empty for none
   */
  public static void encode(ByteBuf out, String id, String type, Event event) {
    begin(out, id, type);
    if (event.multiline()) {
      lines(out, event.data());
    } else {
      out.writeBytes(DATA).writeBytes(event.data()).writeByte(LF);
    }
    out.writeByte(LF);
  }

  /**
   * Appends one frame for deltas that {@linkplain CoalescingEncoder#areMergeable differ} in their
   * text alone: the first of them, with the text of all.
   */
  public static void encodeMerged(ByteBuf out, String id, String type, List<Event> deltas) {
    Event first = deltas.get(0);
    Delta text = first.part().delta();
    begin(out, id, type);
    out.writeBytes(DATA).writeBytes(first.data(), 0, text.from());
    texts(out, deltas);
    out.writeBytes(first.data(), text.to(), first.data().length - text.to());
    out.writeByte(LF).writeByte(LF);
  }

  /** Appends the texts of deltas as they stand in their JSON, without the quotes. */
  public static void texts(ByteBuf out, List<Event> deltas) {
    for (Event delta : deltas) {
      Delta piece = delta.part().delta();
      out.writeBytes(delta.data(), piece.from(), piece.to() - piece.from());
    }
  }

  /**
   * Appends a frame that is no event of the topic as it is.
   *
   * @param id empty for none
   * @param data on one line
   */
  public static void encode(ByteBuf out, String id, String type, String data) {
    encode(out, id, type, line -> line.writeCharSequence(data, StandardCharsets.UTF_8));
  }

  /**
   * The same.
   *
   * @param data writes one line
   */
  public static void encode(ByteBuf out, String id, String type, Consumer<ByteBuf> data) {
    begin(out, id, type);
    out.writeBytes(DATA);
    data.accept(out);
    out.writeByte(LF).writeByte(LF);
  }

  private static void begin(ByteBuf out, String id, String type) {
    if (!id.isEmpty()) {
      out.writeBytes(ID);
      out.writeCharSequence(id, StandardCharsets.US_ASCII);
      out.writeByte(LF);
    }
    if (!type.isEmpty()) {
      out.writeBytes(EVENT);
      out.writeCharSequence(type, StandardCharsets.UTF_8);
      out.writeByte(LF);
    }
  }

  /** One {@code data:} field per line; the client joins them with LF again. */
  private static void lines(ByteBuf out, byte[] data) {
    int start = 0;
    for (int i = 0; i <= data.length; i++) {
      if (i == data.length || data[i] == LF) {
        out.writeBytes(DATA).writeBytes(data, start, i - start).writeByte(LF);
        start = i + 1;
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
