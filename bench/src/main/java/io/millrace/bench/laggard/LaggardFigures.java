package io.millrace.bench.laggard;

import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.stream.DeliveryCheck;

/**
 * What one round showed of the live clients, before the laggard came or while it caught up.
 *
 * @param load of the live ones
 * @param eventsPerSecond that the laggard got; NaN before it came
 * @param live check of the live ones so far
 * @param laggard check of the laggard; of nobody before it came
 */
record LaggardFigures(
    LoadFigure load, double eventsPerSecond, DeliveryCheck live, DeliveryCheck laggard) {

  boolean isRight() {
    return live.isExactlyOnce() && laggard.isWhole();
  }
}
