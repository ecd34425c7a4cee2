package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pieces of an agent's text as AG-UI deltas. Each has its number and send time at fixed places, so
 * that a stream reads them without parsing, one or many merged into one event. Any thread.
 *
 * <pre>
 * {"type":"TEXT_MESSAGE_CONTENT","messageId":"m-0000007","delta":"0000000012@0000000012345678901 "}
 * </pre>
 */
public final class Tokens {

  private static final String FIELD = "data: ";
  private static final String HEAD =
      "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m-0000000\",\"delta\":\"";
  private static final String TOKEN = "0000000000@0000000000000000000 ";
  private static final String TAIL = "\"}";
  private static final byte[] TEMPLATE = (HEAD + TOKEN + TAIL).getBytes(StandardCharsets.US_ASCII);
  private static final int MESSAGE_AT = HEAD.indexOf("0000000");
  private static final int MESSAGE_DIGITS = 7;
  private static final int SEQ_DIGITS = 10;
  private static final int TIME_AT = 11;
  private static final int TIME_DIGITS = 19;

  /** Merged deltas are 16 KiB at most; with what is around them. */
  static final int LONGEST_LINE_BYTES = 20 * 1024;

  /** {@code {"type":}, as one number. */
  private static final long TYPE_FIELD = 0x7b2274797065223aL;

  private Tokens() {}

  /** The next piece of a conversation's text. */
  public static byte[] event(int conversation, long sequence, long sentNanos) {
    byte[] event = Arrays.copyOf(TEMPLATE, TEMPLATE.length);
    Payload.putDigits(event, MESSAGE_AT, MESSAGE_DIGITS, conversation);
    Payload.putDigits(event, HEAD.length(), SEQ_DIGITS, sequence);
    Payload.putDigits(event, HEAD.length() + TIME_AT, TIME_DIGITS, sentNanos);
    return event;
  }

  /** Whether the line at {@code start} is the data of deltas. */
  static boolean isEvent(ByteBuf line, int start, int length) {
    return length >= FIELD.length() + TEMPLATE.length
        && line.getLong(start + FIELD.length()) == TYPE_FIELD
        && line.getByte(start + FIELD.length() + Long.BYTES + 1) == 'T';
  }

  /** Tells the progress of every token in the line. */
  static void read(ByteBuf line, int start, int length, StreamProgress progress) {
    int end = start + length - TAIL.length();
    for (int at = start + FIELD.length() + HEAD.length(); at < end; at += TOKEN.length()) {
      progress.event(Payload.digits(line, at, SEQ_DIGITS));
      if (progress.sampled()) {
        progress.latency(BenchClock.nanos() - Payload.digits(line, at + TIME_AT, TIME_DIGITS));
      }
    }
  }
}
