package io.millrace.bench.storm;

import io.millrace.bench.load.Resumption;
import io.millrace.bench.measure.CpuSpan;

/**
 * Every client has come back once.
 *
 * @param resumed how long it took them
 * @param cpu used meanwhile
 * @param queueOverflows connections that found the server's accept queue full
 */
record Wave(Resumption.Figure resumed, CpuSpan.Used cpu, long queueOverflows) {

  double perSecond() {
    return resumed.perSecond();
  }

  /** From a client's connect to its last missed event. */
  double millis(double percentile) {
    return resumed.millis(percentile);
  }

  double serverMicrosEach() {
    return cpu.serverNanos() / 1e3 / resumed.clients();
  }

  double kernelMicrosEach() {
    return cpu.systemNanos() / 1e3 / resumed.clients();
  }

  double clientMicrosEach() {
    return cpu.ownNanos() / 1e3 / resumed.clients();
  }
}
