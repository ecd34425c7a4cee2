package io.millrace.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static Scrape scrape(long second, String text) {
    return Scrape.of(Instant.ofEpochSecond(second), text);
  }

  private static Figures figures(String before, String now) {
    return new Figures(scrape(100, before), scrape(110, now));
  }

  @Test
  void readsTheTextFormOfPrometheus() {
    String text =
        """
        # HELP a_total Things
        # TYPE a_total counter
        a_total{where="one, \\"two\\" {three}",x="1"} 3.0 # {} 1.0
        a_total 4.5E3

        b{le="+Inf"} +Inf
        not a metric at all
        """;

    Scrape scrape = scrape(0, text);

    assertEquals(4503, scrape.sum("a_total"));
    assertEquals(Map.of("1", 3.0, "", 4500.0), scrape.by("x", "a_total"));
    assertEquals(Double.POSITIVE_INFINITY, scrape.sum("b"));
    assertEquals(0, scrape.sum("c"));
  }

  @Test
  void givesWhatACounterDidInASecond() {
    assertEquals(7, figures("a_total 30", "a_total 100").rate("a_total"));
  }

  @Test
  void startsAtZeroAgainWhereAProcessDid() {
    assertEquals(2, figures("a_total 1000", "a_total 20").rate("a_total"));
  }

  @Test
  void listsOnlyWhatHappened() {
    Figures figures =
        figures(
            "r_total{reason=\"x\"} 5\nr_total{reason=\"y\"} 5",
            "r_total{reason=\"x\"} 5\nr_total{reason=\"y\"} 25\nr_total{reason=\"z\"} 10");

    assertEquals(Map.of("y", 2.0, "z", 1.0), figures.rates("reason", "r_total"));
  }

  @Test
  void givesAQuantileOfWhatHappenedBetweenTheTwo() {
    Figures figures =
        figures(
            "l_bucket{le=\"0.1\"} 50\nl_bucket{le=\"0.2\"} 50\nl_bucket{le=\"+Inf\"} 50",
            "l_bucket{le=\"0.1\"} 50\nl_bucket{le=\"0.2\"} 140\nl_bucket{le=\"+Inf\"} 150");

    assertEquals(0.15, figures.quantile(0.45, "l").orElseThrow(), 0.0001);
    assertEquals(0.2, figures.quantile(0.99, "l").orElseThrow(), 0.0001);
  }

  @Test
  void givesNoQuantileOfNothing() {
    String text = "l_bucket{le=\"0.1\"} 50\nl_bucket{le=\"+Inf\"} 50";

    assertEquals(OptionalDouble.empty(), figures(text, text).quantile(0.5, "l"));
    assertEquals(OptionalDouble.empty(), figures("", "").quantile(0.5, "l"));
  }
}
