package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The id a client would come back with: that of the last event it has seen whole. An id whose event
 * was cut off does not count. Its event loop.
 */
final class LastId {

  /** No cursor of the topics measured here is longer; one that is fails loudly. */
  static final int MAX_BYTES = 512;

  private byte[] read = new byte[64];
  private int readLength;
  private byte[] last = new byte[64];
  private int lastLength;

  /** The id line of an event whose data is still to come. */
  void read(ByteBuf in, int start, int length) {
    if (length > MAX_BYTES) {
      throw new IllegalStateException("an id of " + length + " bytes");
    }
    if (length > read.length) {
      read = new byte[MAX_BYTES];
    }
    in.getBytes(start, read, 0, length);
    readLength = length;
  }

  /** The event of the id is here. */
  void commit() {
    if (readLength > 0) {
      byte[] before = last;
      last = read;
      lastLength = readLength;
      read = before;
      readLength = 0;
    }
  }

  /** The connection has ended: what was half read is void. */
  void cutOff() {
    readLength = 0;
  }

  /** Empty before the first event with an id. */
  Optional<String> text() {
    return lastLength == 0
        ? Optional.empty()
        : Optional.of(new String(last, 0, lastLength, StandardCharsets.US_ASCII));
  }
}
