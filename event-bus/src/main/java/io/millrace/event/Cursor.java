package io.millrace.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position a client holds: the {@code id:} of a frame and the {@code Last-Event-ID} of a request.
 * It names a place in the topic, so any replica can resume it. It is untrusted input and grants
 * nothing.
 *
 * <p>Text: {@code 1.<epoch>.<positions>}. Positions are base64url (no padding) of varints: the next
 * offset of partition 0, then for each further partition the zigzag difference to the one before.
 * Partitions of one topic grow together, so differences stay short.
 *
 * @param epoch short hash of cluster id and topic id
 * @param positions next offset per partition
 */
public record Cursor(String epoch, Positions positions) {

  /**
   * Longest text, in characters. Proxies commonly cap all request headers at 8 KiB; a cursor shares
   * that with a token and cookies.
   */
  public static final int MAX_LENGTH = 2048;

  private static final String VERSION = "1";
  private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9_-]{1,16}");
  private static final Pattern TEXT =
      Pattern.compile(VERSION + "\\.(" + EPOCH + ")\\.([A-Za-z0-9_-]+)");
  private static final int MAX_VARINT_BYTES = 10;

  public Cursor {
    if (!EPOCH.matcher(epoch).matches()) {
      throw new IllegalArgumentException("epoch must be 1 to 16 characters of base64url");
    }
    if (positions.size() == 0) {
      throw new IllegalArgumentException("positions must name at least one partition");
    }
  }

  /**
   * The text form. May exceed {@link #MAX_LENGTH} for a topic of hundreds of partitions far apart;
   * such a text is not parsed back, so its holder gets an explicit reset.
   */
  public String encode() {
    return prefix(epoch) + encode(positions);
  }

  /** Everything before the positions; the same for all cursors of a topic. */
  public static String prefix(String epoch) {
    return VERSION + "." + epoch + ".";
  }

  /** The positions part of the text form. */
  public static String encode(Positions positions) {
    byte[] packed = new byte[positions.size() * MAX_VARINT_BYTES];
    int length = 0;
    long previous = 0;
    for (int p = 0; p < positions.size(); p++) {
      long difference = positions.at(p) - previous;
      length = putVarint(packed, length, p == 0 ? difference : zigzag(difference));
      previous = positions.at(p);
    }
    byte[] used = length == packed.length ? packed : Arrays.copyOf(packed, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
  }

  /** Reads the text form; empty when it is not one this code could have written. */
  public static Optional<Cursor> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? decode(matcher.group(2)).map(positions -> new Cursor(matcher.group(1), positions))
        : Optional.empty();
  }

  private static Optional<Positions> decode(String text) {
    ByteBuffer packed;
    try {
      packed = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    long[] next = new long[packed.remaining()];
    int partitions = 0;
    long previous = 0;
    while (packed.hasRemaining()) {
      Optional<Long> value = varint(packed);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      previous += partitions == 0 ? value.get() : unzigzag(value.get());
      if (previous < 0) {
        return Optional.empty();
      }
      next[partitions++] = previous;
    }
    return partitions == 0
        ? Optional.empty()
        : Optional.of(Positions.of(Arrays.copyOf(next, partitions)));
  }

  private static int putVarint(byte[] out, int at, long value) {
    int end = at;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[end++] = (byte) rest;
    return end;
  }

  /** Empty when it is cut off or longer than any 64-bit value. */
  private static Optional<Long> varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BYTES * 7 && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
