package io.millrace.bench.report;

import java.util.Locale;

/**
 * A bound that an issue sets.
 *
 * @param text as it stands in the report
 * @param ofRatio on the ratio of the two columns, or on the value of the first
 * @param upper whether the bound is the most or the least
 * @param bound the number
 */
public record Target(String text, boolean ofRatio, boolean upper, double bound) {

  public static Target ratioAtMost(double bound) {
    return new Target("ratio ≤ " + plain(bound), true, true, bound);
  }

  public static Target ratioAtLeast(double bound) {
    return new Target("ratio ≥ " + plain(bound), true, false, bound);
  }

  public static Target atMost(double bound, String unit) {
    return new Target("≤ " + plain(bound) + unit, false, true, bound);
  }

  public static Target atLeast(double bound, String unit) {
    return new Target("≥ " + plain(bound) + unit, false, false, bound);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%,.0f", bound)
        : Double.toString(bound);
  }

  /** The same bound, said in other words. */
  public Target called(String words) {
    return new Target(words, ofRatio, upper, bound);
  }

  /**
   * The bound and whether it is met; only the bound when there is nothing to compare with.
   *
   * @param sound whether a ratio can be taken at its word
   */
  public String verdict(double ours, double ratio, boolean sound) {
    double measured = ofRatio ? ratio : ours;
    if (Double.isNaN(measured)) {
      return text;
    }
    if (ofRatio && !sound) {
      return text + ": not judged, see caveats";
    }
    boolean met = upper ? measured <= bound : measured >= bound;
    return text + (met ? ": met" : ": **missed**");
  }
}
