package io.millrace.event;

import java.util.Arrays;

/**
 * A place in a topic: for each partition the offset of the next record to read. Immutable.
 * Partitions beyond {@link #size()} count as position 0: nothing of them was read.
 */
public final class Positions {

  /** The beginning of everything: any place covers it. */
  public static final Positions NONE = new Positions(new long[0]);

  private final long[] next;

  private Positions(long[] next) {
    this.next = next;
  }

  /** One next offset for each partition, in partition order. */
  public static Positions of(long... next) {
    return new Positions(next.clone());
  }

  /** Number of partitions named. */
  public int size() {
    return next.length;
  }

  /** Offset of the next record of a partition. */
  public long at(int partition) {
    return partition < next.length ? next[partition] : 0;
  }

  /** Whether the record at this partition and offset was read before this place. */
  public boolean isPast(int partition, long offset) {
    return offset < at(partition);
  }

  /** Whether no partition of this place is behind the other's. */
  public boolean covers(Positions other) {
    for (int p = 0; p < other.next.length; p++) {
      if (at(p) < other.next[p]) {
        return false;
      }
    }
    return true;
  }

  /** The per-partition maximum of the two. */
  public Positions max(Positions other) {
    long[] merged = copy(Math.max(next.length, other.next.length));
    for (int p = 0; p < other.next.length; p++) {
      merged[p] = Math.max(merged[p], other.next[p]);
    }
    return new Positions(merged);
  }

  /** The per-partition minimum of the two; a partition that one does not name is at its 0. */
  public Positions min(Positions other) {
    long[] merged = copy(Math.max(next.length, other.next.length));
    for (int p = 0; p < merged.length; p++) {
      merged[p] = Math.min(merged[p], other.at(p));
    }
    return new Positions(merged);
  }

  /** The same place, but for this partition. */
  public Positions with(int partition, long offset) {
    long[] changed = copy(partition + 1);
    changed[partition] = offset;
    return new Positions(changed);
  }

  /** Offsets from here to there, partitions that are already past it left out. */
  public long recordsTo(Positions there) {
    long records = 0;
    for (int p = 0; p < there.next.length; p++) {
      records += Math.max(0, there.next[p] - at(p));
    }
    return records;
  }

  /** A mutable copy with at least {@code size} partitions. */
  public long[] copy(int size) {
    return Arrays.copyOf(next, Math.max(size, next.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Positions that && Arrays.equals(next, that.next);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(next);
  }

  @Override
  public String toString() {
    return Arrays.toString(next);
  }
}
