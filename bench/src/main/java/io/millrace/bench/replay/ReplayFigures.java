package io.millrace.bench.replay;

import io.millrace.bench.load.Resumption;
import io.millrace.bench.measure.CpuSpan;
import io.millrace.bench.stream.DeliveryCheck;

/**
 * What one round showed.
 *
 * @param resumed how long it took the clients
 * @param cpu used meanwhile
 * @param missed events that they got, over all clients
 * @param scans of the topic that the server made for them
 * @param check of every client over its whole life
 */
record ReplayFigures(
    Resumption.Figure resumed, CpuSpan.Used cpu, long missed, double scans, DeliveryCheck check) {

  double seconds() {
    return resumed.nanos() / 1e9;
  }

  double eventsPerSecond() {
    return missed / seconds();
  }
}
