package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;

/**
 * Takes HTTP's chunks off a response body and hands the rest to the line scanner, without copying a
 * byte. An HTTP codec would make several objects per event, which is what this client exists to
 * avoid. Its event loop.
 */
public final class StreamBody {

  private enum Expect {
    SIZE,
    EXTENSION,
    DATA,
    DATA_END
  }

  private final LineScanner lines;
  private final boolean chunked;
  private Expect expect = Expect.SIZE;
  private int remaining;

  public StreamBody(LineScanner lines, boolean chunked) {
    this.lines = lines;
    this.chunked = chunked;
  }

  public void read(ByteBuf in, int from, int to) {
    if (!chunked) {
      lines.scan(in, from, to);
      return;
    }
    int at = from;
    while (at < to) {
      at = expect == Expect.DATA ? data(in, at, to) : framing(in.getByte(at), at);
    }
  }

  private int data(ByteBuf in, int at, int to) {
    int size = Math.min(remaining, to - at);
    lines.scan(in, at, at + size);
    remaining -= size;
    if (remaining == 0) {
      expect = Expect.DATA_END;
    }
    return at + size;
  }

  private int framing(byte b, int at) {
    if (b == '\n') {
      boolean afterSize = expect != Expect.DATA_END;
      expect = afterSize && remaining > 0 ? Expect.DATA : Expect.SIZE;
    } else if (b == ';') {
      expect = Expect.EXTENSION;
    } else if (expect == Expect.SIZE && b != '\r') {
      remaining = remaining << 4 | hex(b);
    }
    return at + 1;
  }

  private static int hex(byte b) {
    int digit = Character.digit(b, 16);
    if (digit < 0) {
      throw new IllegalStateException("not a chunk size: byte " + b);
    }
    return digit;
  }
}
