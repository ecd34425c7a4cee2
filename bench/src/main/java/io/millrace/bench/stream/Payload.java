package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The event that is published and counted: JSON with its sequence number and send time at fixed
 * places, so that a stream reads both without parsing. Any thread.
 *
 * <pre>{"seq":"0000000007","at":"0000000012345678901","text":"xxxx…"}</pre>
 */
public final class Payload {

  private static final String FIELD = "data: ";
  private static final String HEAD =
      "{\"seq\":\"0000000000\",\"at\":\"0000000000000000000\",\"text\":\"";
  private static final String TAIL = "\"}";
  private static final int SEQ_AT = 8;
  private static final int SEQ_DIGITS = 10;
  private static final int TIME_AT = 26;
  private static final int TIME_DIGITS = 19;

  /** Bytes of a "data:" line that must be at hand to read the sequence number and the time. */
  static final int LINE_HEAD_BYTES = FIELD.length() + TIME_AT + TIME_DIGITS;

  /** The first eight bytes of an event's line: {@code data: {"}, as one number. */
  private static final long LINE_START = asLong("data: {\"");

  private static final long SEQ_FIELD = asLong("{\"seq\":\"");

  private final byte[] template;

  /**
   * @param bytes size of the JSON text
   */
  public Payload(int bytes) {
    int padding = bytes - HEAD.length() - TAIL.length();
    if (padding < 0) {
      throw new IllegalArgumentException(
          "an event has at least " + (HEAD.length() + TAIL.length()) + " bytes, not " + bytes);
    }
    template = (HEAD + "x".repeat(padding) + TAIL).getBytes(StandardCharsets.US_ASCII);
  }

  public byte[] event(long sequence, long sentNanos) {
    byte[] event = Arrays.copyOf(template, template.length);
    putDigits(event, SEQ_AT, SEQ_DIGITS, sequence);
    putDigits(event, TIME_AT, TIME_DIGITS, sentNanos);
    return event;
  }

  /** Whether the line at {@code start} is the data of one of our events. */
  static boolean isEvent(ByteBuf line, int start, int length) {
    return length >= LINE_HEAD_BYTES
        && line.getLong(start) == LINE_START
        && line.getLong(start + FIELD.length()) == SEQ_FIELD;
  }

  static long sequence(ByteBuf line, int start) {
    return digits(line, start + FIELD.length() + SEQ_AT, SEQ_DIGITS);
  }

  static long sentNanos(ByteBuf line, int start) {
    return digits(line, start + FIELD.length() + TIME_AT, TIME_DIGITS);
  }

  static long digits(ByteBuf line, int at, int count) {
    long value = 0;
    for (int i = at; i < at + count; i++) {
      value = value * 10 + (line.getByte(i) - '0');
    }
    return value;
  }

  static void putDigits(byte[] event, int at, int count, long value) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      event[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long asLong(String eight) {
    long value = 0;
    for (byte b : eight.getBytes(StandardCharsets.US_ASCII)) {
      value = value << 8 | b;
    }
    return value;
  }
}
