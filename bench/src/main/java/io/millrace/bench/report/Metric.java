package io.millrace.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A line of the report: how it is read from a round, how it is written, and what is wanted of it.
 *
 * @param <F> what a round shows
 * @param name for the first column
 * @param format of a value, as for {@link String#format}
 * @param value read from a round
 * @param target on the ratio of the columns, or on the value of the first; empty when none is set
 */
public record Metric<F>(
    String name, String format, ToDoubleFunction<F> value, Optional<Target> target) {

  public static <F> Metric<F> of(String name, String format, ToDoubleFunction<F> value) {
    return new Metric<>(name, format, value, Optional.empty());
  }

  public Metric<F> wanted(Target bound) {
    return new Metric<>(name, format, value, Optional.of(bound));
  }

  double median(List<F> rounds) {
    return median(rounds, value);
  }

  /** NaN of no rounds. */
  public static <F> double median(List<F> rounds, ToDoubleFunction<F> value) {
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
