package io.millrace.bench.fanout;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A line of the report: how it is read from a round, how it is written, and what is wanted of it.
 *
 * @param name for the first column
 * @param format of a value, as for {@link String#format}
 * @param value read from a round
 * @param target on the ratio to the peer, or on our value; null when none is set
 */
record Metric(
    String name, String format, ToDoubleFunction<RoundFigures> value, @Nullable Target target) {

  /** A bound that the issue of this scenario sets. */
  enum Target {
    CPU_RATIO("ratio ≤ 0.75", true, true, 0.75),
    SATURATED_RATIO("ratio ≥ 1.4", true, false, 1.4),
    IDLE_BYTES("≤ 8 KiB", false, true, 8 * 1024);

    private final String text;
    private final boolean ofRatio;
    private final boolean upper;
    private final double bound;

    Target(String text, boolean ofRatio, boolean upper, double bound) {
      this.text = text;
      this.ofRatio = ofRatio;
      this.upper = upper;
      this.bound = bound;
    }

    /**
     * The bound and whether it is met; only the bound when there is nothing to compare with.
     *
     * @param sound whether a ratio can be taken at its word
     */
    String verdict(double ours, double ratio, boolean sound) {
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

  double median(List<RoundFigures> rounds) {
    return median(rounds, value);
  }

  static double median(List<RoundFigures> rounds, ToDoubleFunction<RoundFigures> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      return Double.NaN;
    }
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  String text(double number) {
    return Double.isNaN(number) ? "–" : String.format(Locale.ROOT, format, number);
  }
}
