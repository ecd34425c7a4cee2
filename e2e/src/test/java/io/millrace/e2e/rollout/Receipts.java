package io.millrace.e2e.rollout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What one listener was given, counted by itself: every event carries its key and its number among
 * those of the key. Its listener's event loop writes, any thread reads.
 */
final class Receipts {

  private final List<BitSet> seen = new ArrayList<>();

  /** Numbers that came after a higher one of their key. */
  private final List<BitSet> late = new ArrayList<>();

  private int repeated;

  Receipts(int keys) {
    for (int key = 0; key < keys; key++) {
      seen.add(new BitSet());
      late.add(new BitSet());
    }
  }

  synchronized void take(int key, int number) {
    if (seen.get(key).get(number)) {
      repeated++;
    }
    if (number < seen.get(key).length()) {
      late.get(key).set(number);
    }
    seen.get(key).set(number);
  }

  synchronized int repeated() {
    return repeated;
  }

  /** How many of these have not come. */
  synchronized int missing(List<BitSet> expected) {
    int missing = 0;
    for (int key = 0; key < seen.size(); key++) {
      BitSet left = (BitSet) expected.get(key).clone();
      left.andNot(seen.get(key));
      missing += left.cardinality();
    }
    return missing;
  }

  /** How many of these came after a later one. */
  synchronized int disordered(List<BitSet> expected) {
    int disordered = 0;
    for (int key = 0; key < seen.size(); key++) {
      BitSet those = (BitSet) expected.get(key).clone();
      those.and(late.get(key));
      disordered += those.cardinality();
    }
    return disordered;
  }
}
