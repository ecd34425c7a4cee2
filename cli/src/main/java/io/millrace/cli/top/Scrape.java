package io.millrace.cli.top;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a replica at one moment, as Prometheus reads them. Immutable.
 *
 * @param at when they were read
 */
record Scrape(Instant at, List<Series> all) {

  /** A name, labels if any, a value; what follows is not for us. */
  private static final Pattern LINE =
      Pattern.compile(
          "([a-zA-Z_:][^ {]*)(?:\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*)})? ([^ ]+).*");

  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One value and the labels that tell it apart. */
  record Series(String name, Map<String, String> labels, double value) {

    String label(String label) {
      return labels.getOrDefault(label, "");
    }
  }

  /** Reads the text form of Prometheus; lines that are none of it are passed over. */
  static Scrape of(Instant at, String text) {
    return new Scrape(at, text.lines().flatMap(Scrape::series).toList());
  }

  private static Stream<Series> series(String line) {
    Matcher parts = LINE.matcher(line);
    if (line.startsWith("#") || !parts.matches()) {
      return Stream.empty();
    }
    try {
      return Stream.of(new Series(parts.group(1), labels(parts.group(2)), number(parts.group(3))));
    } catch (NumberFormatException notAValue) {
      return Stream.empty();
    }
  }

  private static Map<String, String> labels(@Nullable String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  Stream<Series> named(String... names) {
    List<String> wanted = Arrays.asList(names);
    return all.stream().filter(series -> wanted.contains(series.name()));
  }

  /** The sum of all series of a meter; 0 when there is none. */
  double sum(String name) {
    return named(name).mapToDouble(Series::value).sum();
  }

  /** The sums of a meter by the value of a label, in its order. */
  SortedMap<String, Double> by(String label, String name) {
    return named(name)
        .collect(Collectors.toMap(s -> s.label(label), Series::value, Double::sum, TreeMap::new));
  }

  /** The buckets of a histogram: how many took at most so many seconds. */
  SortedMap<Double, Double> buckets(String name) {
    return named(name + "_bucket")
        .collect(
            Collectors.toMap(s -> number(s.label("le")), Series::value, Double::sum, TreeMap::new));
  }
}
