package io.millrace.bench.fanout;

import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.report.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What makes a server's figures say something else than they seem to, in words: mostly that the
 * machine was busy with something else.
 */
final class Caveats {

  /** Below this part of the pace the server fell behind, and waiting events gathered. */
  private static final double KEPT_PACE = 0.97;

  /** Above this several events shared a write, which is cheaper for each. */
  private static final double ALONE = 1.1;

  /** Below this part of its core a server was not the limit of what it delivered. */
  private static final double BUSY = 0.93;

  private final FanoutOptions options;

  Caveats(FanoutOptions options) {
    this.options = options;
  }

  List<String> of(String server, List<RoundFigures> rounds) {
    List<String> found = new ArrayList<>();
    double pace = median(rounds, RoundFigures::paced, LoadFigure::deliveriesPerSecond);
    if (pace < KEPT_PACE * options.rate * options.streams) {
      found.add(text("%s did not keep the pace: %,.0f deliveries/s", server, pace));
    }
    shared(
        found, server + ", paced", median(rounds, RoundFigures::paced, LoadFigure::eventsPerWrite));
    shared(
        found,
        server + ", saturated",
        median(rounds, RoundFigures::saturated, LoadFigure::eventsPerWrite));
    double cores = median(rounds, RoundFigures::saturated, LoadFigure::serverCores);
    if (!options.noPin && cores < BUSY) {
      found.add(
          text(
              "%s used %.2f of its core when saturated: the client, or other work on this machine,"
                  + " was the limit",
              server, cores));
    }
    return found;
  }

  private static void shared(List<String> found, String load, double eventsPerWrite) {
    if (eventsPerWrite > ALONE) {
      found.add(
          text("%s: %.2f events shared a write, so the figure is too low", load, eventsPerWrite));
    }
  }

  private static double median(
      List<RoundFigures> rounds,
      Function<RoundFigures, LoadFigure> load,
      ToDoubleFunction<LoadFigure> value) {
    return Metric.median(rounds, round -> value.applyAsDouble(load.apply(round)));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
