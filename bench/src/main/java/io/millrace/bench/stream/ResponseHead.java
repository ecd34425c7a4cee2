package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Status and framing of a response, read from its first bytes. Its event loop. */
public final class ResponseHead {

  /** No server here sends more; a head without an end is a broken one. */
  private static final int MAX_BYTES = 16 * 1024;

  private final StringBuilder text = new StringBuilder(512);
  private boolean complete;

  /**
   * Takes the bytes of the head.
   *
   * @return where the body begins in {@code in}
   */
  public int read(ByteBuf in) {
    int at = in.readerIndex();
    while (at < in.writerIndex() && !complete) {
      text.append((char) (in.getByte(at++) & 0xff));
      complete = endsHead();
      if (text.length() > MAX_BYTES) {
        throw new IllegalStateException("a response head over " + MAX_BYTES + " bytes");
      }
    }
    return at;
  }

  private boolean endsHead() {
    int n = text.length();
    return n >= 4 && text.charAt(n - 1) == '\n' && text.charAt(n - 3) == '\n';
  }

  public boolean isComplete() {
    return complete;
  }

  public int status() {
    return Integer.parseInt(text.substring(9, 12));
  }

  public boolean isChunked() {
    return text.toString().toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked");
  }

  @Override
  public String toString() {
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
