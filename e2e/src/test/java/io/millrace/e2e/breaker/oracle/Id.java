package io.millrace.e2e.breaker.oracle;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The id of a frame, read by wire.md §3 and nothing else: this is a second reading of the contract,
 * which shares no code with the first.
 *
 * @param epoch which topic it is of
 * @param next offset of the next record of each partition
 */
public record Id(String epoch, List<Long> next) {

  public static Optional<Id> parse(String text) {
    String[] parts = text.split("\\.");
    if (parts.length != 3 || !parts[0].equals("1")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Id(parts[1], unpack(Base64.getUrlDecoder().decode(parts[2]))));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static List<Long> unpack(byte[] packed) {
    List<Long> next = new ArrayList<>();
    long value = 0;
    int shift = 0;
    for (byte b : packed) {
      value |= (b & 0x7FL) << shift;
      shift += 7;
      if (b >= 0) {
        long first = next.isEmpty() ? 0 : next.get(next.size() - 1);
        next.add(
            first + (next.isEmpty() ? value : (value & 1) == 0 ? value / 2 : -(value / 2) - 1));
        value = 0;
        shift = 0;
      }
    }
    return next;
  }

  /** 0 for a partition that was added later. */
  public long at(int partition) {
    return partition < next.size() ? next.get(partition) : 0;
  }

  public String text() {
    List<Byte> packed = new ArrayList<>();
    long previous = 0;
    for (int p = 0; p < next.size(); p++) {
      long difference = next.get(p) - previous;
      long rest = p == 0 ? difference : difference >= 0 ? 2 * difference : -2 * difference - 1;
      for (; rest >= 0x80; rest >>>= 7) {
        packed.add((byte) (rest | 0x80));
      }
      packed.add((byte) rest);
      previous = next.get(p);
    }
    byte[] bytes = new byte[packed.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = packed.get(i);
    }
    return "1." + epoch + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
