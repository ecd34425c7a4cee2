package io.millrace.cli.listen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Turns the bytes of an event stream into events, as HTML's chapter 9.2 ("Server-sent events")
 * says.
 *
 * <p>Bytes may be split anywhere: in a character, between CR and LF. One parser reads one response;
 * what follows the last blank line of a response is discarded with it, its id too. For one thread.
 */
public final class EventStreamParser {

  /** Twice the largest event a topic can be configured to carry; a line without end stops here. */
  static final int MAX_EVENT_BYTES = 16 << 20;

  /** Longer digits would overflow; the standard sets no limit, a day is more than anyone means. */
  private static final int MAX_RETRY_DIGITS = 8;

  /** What a stream says. */
  public interface Listener {

    void event(ServerSentEvent event);

    void comment(String text);

    /** The server sets the time to wait before a reconnect. */
    void retry(Duration reconnectionTime);
  }

  private final Listener listener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final StringBuilder data = new StringBuilder();
  private String type = "";

  /**
   * The standard has a new parser start with an empty id; browsers start with the id they
   * reconnected with, so that an event without an id does not forget the cursor. So does this.
   */
  private String id;

  private String lastEventId;
  private boolean firstLine = true;
  private boolean afterCarriageReturn;

  public EventStreamParser(String lastEventId, Listener listener) {
    this.id = lastEventId;
    this.lastEventId = lastEventId;
    this.listener = listener;
  }

  /** The id a reconnect has to send: that of the last event (or empty block) that was complete. */
  String lastEventId() {
    return lastEventId;
  }

  /** Reads the next bytes; events complete in them are told before this returns. */
  public void feed(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      byte next = bytes[i];
      boolean secondHalfOfCrLf = next == '\n' && afterCarriageReturn;
      afterCarriageReturn = next == '\r';
      if (secondHalfOfCrLf) {
        continue;
      }
      if (next == '\n' || next == '\r') {
        endLine();
      } else {
        line.write(next);
        requireBounded();
      }
    }
  }

  private void requireBounded() {
    if (line.size() + data.length() > MAX_EVENT_BYTES) {
      throw new IllegalStateException("an event is larger than " + MAX_EVENT_BYTES + " bytes");
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (firstLine && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    firstLine = false;
    if (text.isEmpty()) {
      dispatch();
    } else if (text.charAt(0) == ':') {
      listener.comment(text.substring(1));
    } else {
      field(text);
    }
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (name) {
      case "event" -> type = value;
      case "data" -> data.append(value).append('\n');
      case "id" -> {
        if (value.indexOf('\0') < 0) {
          id = value;
        }
      }
      case "retry" -> retry(value);
      default -> {
        // The standard: any other field is ignored.
      }
    }
  }

  private void retry(String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && value.length() <= MAX_RETRY_DIGITS) {
      listener.retry(Duration.ofMillis(Long.parseLong(value)));
    }
  }

  private void dispatch() {
    lastEventId = id;
    String name = type.isEmpty() ? "message" : type;
    type = "";
    if (data.length() == 0) {
      return;
    }
    String text = data.substring(0, data.length() - 1);
    data.setLength(0);
    listener.event(new ServerSentEvent(name, text, id));
  }
}
