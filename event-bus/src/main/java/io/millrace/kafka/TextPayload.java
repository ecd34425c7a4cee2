package io.millrace.kafka;

import java.io.ByteArrayOutputStream;

/** A value of a topic of opaque text: any UTF-8, over as many lines as it has. */
final class TextPayload {

  private TextPayload() {}

  /** The text with CRLF, then CR, made LF. The same array when there is no CR. */
  static byte[] lines(byte[] text) {
    int cr = indexOf(text, '\r');
    if (cr < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '\r') {
        out.write(text[i]);
      } else if (i + 1 == text.length || text[i + 1] != '\n') {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  static boolean hasLines(byte[] text) {
    return indexOf(text, '\n') >= 0;
  }

  private static int indexOf(byte[] text, char wanted) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
