package io.millrace.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rounds side by side: ours first, then what it is compared with, if anything. The figure of a
 * column is the median of its rounds.
 *
 * @param <F> what a round shows
 */
public final class Comparison<F> {

  private final List<Metric<F>> metrics;
  private final Map<String, List<F>> columns;

  /**
   * @param columns the rounds of each, in the order of the table
   */
  public Comparison(List<Metric<F>> metrics, Map<String, List<F>> columns) {
    this.metrics = List.copyOf(metrics);
    this.columns = new LinkedHashMap<>(columns);
  }

  /**
   * One line for each metric.
   *
   * @param sound whether the ratios can be taken at their word
   */
  public String table(boolean sound) {
    boolean compares = columns.size() == 2;
    List<String> lines = new ArrayList<>();
    lines.add(
        "| | "
            + String.join(" | ", columns.keySet())
            + (compares ? " | ratio" : "")
            + " | target |");
    lines.add("|---|" + "---:|".repeat(columns.size() + (compares ? 1 : 0)) + "---|");
    metrics.forEach(metric -> lines.add(line(metric, compares, sound)));
    return String.join("\n", lines);
  }

  private String line(Metric<F> metric, boolean compares, boolean sound) {
    List<Double> medians = columns.values().stream().map(metric::median).toList();
    double ratio = compares ? medians.get(0) / medians.get(1) : Double.NaN;
    List<String> cells = new ArrayList<>(List.of(metric.name()));
    medians.forEach(median -> cells.add(metric.text(median)));
    if (compares) {
      cells.add(Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–");
    }
    cells.add(metric.target().map(bound -> bound.verdict(medians.get(0), ratio, sound)).orElse(""));
    return "| " + String.join(" | ", cells) + " |";
  }

  /** One line for each round of each column. */
  public String everyRound(String columnTitle) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("| round | " + columnTitle + " |");
    metrics.forEach(metric -> head.append(' ').append(metric.name()).append(" |"));
    lines.add(head.toString());
    lines.add("|---|---|" + "---:|".repeat(metrics.size()));
    int rounds = columns.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < rounds; i++) {
      int round = i;
      columns.forEach(
          (name, figures) -> {
            if (round < figures.size()) {
              lines.add(roundLine(round, name, figures.get(round)));
            }
          });
    }
    return String.join("\n", lines);
  }

  private String roundLine(int round, String column, F figure) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(round + 1), column));
    metrics.forEach(metric -> cells.add(metric.text(metric.value().applyAsDouble(figure))));
    return "| " + String.join(" | ", cells) + " |";
  }
}
