package io.millrace.fanout;

import io.millrace.event.Event;
import io.millrace.tail.Read;
import io.millrace.telemetry.Meters;
import io.millrace.telemetry.Traces;
import java.util.List;

/**
 * What is told of events that have been written to the live subscribers of an event loop: how long
 * they were on their way, and a span for each that is traced. Once per event and turn, whatever the
 * number of subscribers. Its event loop only.
 */
final class Departures {

  private final ShardSettings settings;
  private final Meters meters;

  Departures(ShardSettings settings, Meters meters) {
    this.settings = settings;
    this.meters = meters;
  }

  /**
   * @param given which of the entries were written to anybody, a bit for each
   */
  void note(List<Read.Entry> entries, long given) {
    if (given == 0) {
      return;
    }
    long now = settings.clock().millis();
    for (long rest = given; rest != 0; rest &= rest - 1) {
      note(entries.get(Long.numberOfTrailingZeros(rest)).event(), now);
    }
  }

  private void note(Event event, long now) {
    if (event.timestampMillis() == 0) {
      return;
    }
    // The clock of who stamped it may be ahead of ours.
    long written = Math.min(event.timestampMillis(), now);
    meters.latency(now - written);
    if (!event.traceparent().isEmpty()) {
      Traces.Way way =
          new Traces.Way(settings.topic(), event.partition(), event.offset(), written, now);
      settings.traces().delivered(event.traceparent(), way);
    }
  }
}
