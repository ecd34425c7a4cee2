package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a stream and tells its progress what they are. Looks at a line's first bytes
 * only and searches the rest for its end eight bytes at a time. Its event loop.
 */
public final class LineScanner {

  private static final byte LF = '\n';

  /** The comment ": busy" of a soft reject, as an int and a short. */
  private static final int BUSY_START = 0x3a206275;

  private static final int BUSY_END = 0x7379;

  private static final int ID_FIELD = "id: ".length();
  private static final int EVENT_FIELD = "event: ".length();
  private static final int RETRY_FIELD = "retry: ".length();

  /** Enough of a line that was split over reads to know all that is asked of it: every token. */
  private static final int KEPT_BYTES =
      Math.max(ID_FIELD + LastId.MAX_BYTES, Tokens.LONGEST_LINE_BYTES);

  private final StreamProgress progress;

  /**
   * The first bytes of a line that is not complete yet; only streams with a split line have one.
   */
  private @Nullable ByteBuf kept;

  private int keptLength;

  public LineScanner(StreamProgress progress) {
    this.progress = progress;
  }

  void scan(ByteBuf in, int from, int to) {
    int start = from;
    while (start < to) {
      int end = in.indexOf(start, to, LF);
      if (end < 0) {
        keep(in, start, to - start);
        return;
      }
      if (keptLength == 0) {
        line(in, start, end - start);
      } else {
        keep(in, start, end - start);
        keptLine();
      }
      start = end + 1;
    }
  }

  private void keep(ByteBuf in, int start, int length) {
    if (kept == null) {
      kept = Unpooled.buffer(Payload.LINE_HEAD_BYTES, KEPT_BYTES);
    }
    kept.writeBytes(in, start, Math.min(length, kept.maxWritableBytes()));
    keptLength += length;
  }

  private void keptLine() {
    ByteBuf head = kept;
    if (head != null) {
      line(head, 0, keptLength);
      head.clear();
    }
    keptLength = 0;
  }

  private void line(ByteBuf in, int start, int length) {
    if (Payload.isEvent(in, start, length)) {
      progress.event(Payload.sequence(in, start));
      if (progress.sampled()) {
        progress.latency(BenchClock.nanos() - Payload.sentNanos(in, start));
      }
    } else if (Tokens.isEvent(in, start, length)) {
      Tokens.read(in, start, length, progress);
    } else if (length > 0) {
      other(in, start, length);
    }
  }

  private void other(ByteBuf in, int start, int length) {
    byte first = in.getByte(start);
    if (first == 'i') {
      progress.id(in, start + ID_FIELD, length - ID_FIELD);
    } else if (first == 'e') {
      name(in, start + EVENT_FIELD, length - EVENT_FIELD);
    } else if (first == 'd') {
      progress.controlEvent();
    } else if (first == 'r' && length > RETRY_FIELD) {
      String millis = text(in, start + RETRY_FIELD, length - RETRY_FIELD);
      progress.retry(Duration.ofMillis(Long.parseLong(millis)));
    } else if (first == ':' && length == 6 && isBusy(in, start)) {
      progress.busy();
    }
  }

  /** Our own events are called {@code bench.tick}; the server's begin with {@code stream}. */
  private void name(ByteBuf in, int start, int length) {
    if (length > 0 && in.getByte(start) == 's') {
      progress.controlName(text(in, start, length));
    }
  }

  private static String text(ByteBuf in, int start, int length) {
    return in.toString(start, length, StandardCharsets.US_ASCII);
  }

  private static boolean isBusy(ByteBuf in, int start) {
    return in.getInt(start) == BUSY_START && in.getUnsignedShort(start + 4) == BUSY_END;
  }
}
