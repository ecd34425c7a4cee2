package io.millrace.kafka.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text as bytes: strictly UTF-8 (what a browser would silently replace is refused) and its lines.
 */
final class Utf8Text {

  private Utf8Text() {}

  /**
   * @param what names the bytes in the message
   * @throws MalformedRecordException when they are not UTF-8
   */
  static String decode(String what, byte[] bytes) {
    return isAscii(bytes)
        ? new String(bytes, StandardCharsets.ISO_8859_1)
        : decodeStrictly(what, bytes);
  }

  /** Looking is several times cheaper than decoding, and most keys and headers are ASCII. */
  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String decodeStrictly(String what, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedRecordException(what, what + " is not UTF-8");
    }
  }

  /** As {@link #decode}, for bytes that stay bytes. */
  static void require(String what, byte[] bytes) {
    if (!isAscii(bytes)) {
      decodeStrictly(what, bytes);
    }
  }

  /** The text with CRLF, then CR, made LF. The same array when there is no CR. */
  static byte[] lines(byte[] text) {
    if (indexOf(text, '\r') < 0) {
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
