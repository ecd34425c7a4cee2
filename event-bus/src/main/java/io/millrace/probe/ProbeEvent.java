package io.millrace.probe;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** An event of the probe, filled up to the size that was asked for. */
final class ProbeEvent {

  private static final String HEAD = "event: probe\ndata: ";
  private static final String BYTES = ",\"bytes\":";
  private static final String PAD = ",\"pad\":\"";
  private static final String END = "\"}\n\n";

  /** More than any event is filled up with. */
  private static final int FILLING_BYTES = 64 << 10;

  /** As a payload: of text, and with as little of it to compress as there can be. */
  private static final Buffer FILLING = filling();

  private ProbeEvent() {}

  /**
   * The frame.
   *
   * @param content what it says, without its size
   * @param size of the whole frame, in bytes; where the content takes more, it is as large as that
   */
  static Buffer frame(JsonObject content, int size) {
    byte[] text = content.encode().getBytes(StandardCharsets.UTF_8);
    int open = text.length - 1;
    int rest = HEAD.length() + open + BYTES.length() + PAD.length() + END.length();
    int bytes = Math.max(size, atLeast(rest));
    return Buffer.buffer(bytes)
        .appendString(HEAD)
        .appendBytes(text, 0, open)
        .appendString(BYTES)
        .appendString(Integer.toString(bytes))
        .appendString(PAD)
        .appendBuffer(FILLING, 0, bytes - rest - digits(bytes))
        .appendString(END);
  }

  /** With the digits that tell it. */
  private static int atLeast(int rest) {
    int bytes = rest + digits(rest);
    return rest + digits(bytes);
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private static Buffer filling() {
    Random random = new Random(FILLING_BYTES);
    String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    Buffer filling = Buffer.buffer(FILLING_BYTES);
    for (int n = 0; n < FILLING_BYTES; n++) {
      filling.appendByte((byte) characters.charAt(random.nextInt(characters.length())));
    }
    return filling;
  }
}
