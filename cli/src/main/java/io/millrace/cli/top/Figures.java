package io.millrace.cli.top;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened between two scrapes of a replica.
 *
 * @param before the earlier
 * @param now the later
 */
record Figures(Scrape before, Scrape now) {

  private double seconds() {
    return Math.max(Duration.between(before.at(), now.at()).toMillis(), 1) / 1000.0;
  }

  /** Of a counter, each second. One that went back was of a process that has ended. */
  double rate(String counter) {
    return rate(before.sum(counter), now.sum(counter));
  }

  private double rate(double earlier, double later) {
    return (later < earlier ? later : later - earlier) / seconds();
  }

  /** Those rates that are not zero. */
  Map<String, Double> rates(String label, String counter) {
    SortedMap<String, Double> earlier = before.by(label, counter);
    Map<String, Double> rates = new TreeMap<>();
    now.by(label, counter)
        .forEach((value, later) -> rates.put(value, rate(earlier.getOrDefault(value, 0.0), later)));
    rates.values().removeIf(rate -> rate == 0);
    return rates;
  }

  /**
   * The quantile of a histogram as Prometheus works it out, in seconds; empty when nothing happened
   * between the two.
   */
  OptionalDouble quantile(double q, String histogram) {
    SortedMap<Double, Double> earlier = before.buckets(histogram);
    SortedMap<Double, Double> counts = new TreeMap<>(now.buckets(histogram));
    counts.replaceAll((le, count) -> Math.max(0, count - earlier.getOrDefault(le, 0.0)));
    double all = counts.isEmpty() ? 0 : counts.get(counts.lastKey());
    if (all == 0) {
      return OptionalDouble.empty();
    }
    double lowerBound = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
      double bound = bucket.getKey();
      if (bucket.getValue() >= q * all) {
        double share = (q * all - below) / (bucket.getValue() - below);
        return OptionalDouble.of(
            Double.isInfinite(bound) ? lowerBound : lowerBound + share * (bound - lowerBound));
      }
      lowerBound = bound;
      below = bucket.getValue();
    }
    return OptionalDouble.of(lowerBound);
  }
}
