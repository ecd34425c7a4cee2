package io.millrace.bench.storm;

import io.millrace.bench.report.Metric;
import io.millrace.bench.stream.DeliveryCheck;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one server showed in one round.
 *
 * @param first the first wave of a server that has just started, not yet compiled
 * @param closed waves of so many clients at a time
 * @param atOnce waves of all clients at the same moment
 * @param check of every event of every client over the whole round
 */
record StormFigures(Wave first, List<Wave> closed, List<Wave> atOnce, DeliveryCheck check) {

  double closed(ToDoubleFunction<Wave> value) {
    return Metric.median(closed, value);
  }

  double atOnce(ToDoubleFunction<Wave> value) {
    return Metric.median(atOnce, value);
  }
}
