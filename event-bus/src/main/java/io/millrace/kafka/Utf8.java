package io.millrace.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what a browser would silently replace is refused here. */
final class Utf8 {

  private Utf8() {}

  /**
   * @param what names the bytes in the message
   * @throws MalformedRecordException when they are not UTF-8
   */
  static String decode(String what, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedRecordException(what + " is not UTF-8");
    }
  }

  /** As {@link #decode}, for bytes that stay bytes; ASCII, the common case, is only looked at. */
  static void require(String what, byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        decode(what, bytes);
        return;
      }
    }
  }
}
