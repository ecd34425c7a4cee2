package io.millrace.bench.measure;

import org.HdrHistogram.Histogram;

/**
 * What was counted while a server was under load.
 *
 * @param deliveries events received, over all streams
 * @param bytes received by the client, HTTP framing included
 * @param nanos how long it took
 * @param serverCpuNanos processor time of the server's process, all threads
 * @param serverSystemNanos the part of it in the kernel
 * @param segments TCP segments with data, of this machine: on loopback one for each write of up to
 *     64 KiB
 * @param clientCpuNanos processor time of this process: client, publisher and broker
 * @param latency nanoseconds from publishing to receiving, of the sampled streams
 */
public record LoadFigure(
    long deliveries,
    long bytes,
    long nanos,
    long serverCpuNanos,
    long serverSystemNanos,
    long segments,
    long clientCpuNanos,
    Histogram latency) {

  public double deliveriesPerSecond() {
    return deliveries * 1e9 / nanos;
  }

  public double serverCpuMicrosPerDelivery() {
    return serverCpuNanos / 1e3 / deliveries;
  }

  public double serverSystemMicrosPerDelivery() {
    return serverSystemNanos / 1e3 / deliveries;
  }

  /** How many events ride in one write; a little low, since a few segments are not the server's. */
  public double eventsPerWrite() {
    return (double) deliveries / segments;
  }

  public double bytesPerDelivery() {
    return (double) bytes / deliveries;
  }

  /** Share of one core that the server used, 0 to 1 when it is pinned to one. */
  public double serverCores() {
    return (double) serverCpuNanos / nanos;
  }

  /**
   * Cores that client, publisher and broker used together; near their number, the client was the
   * limit.
   */
  public double clientCores() {
    return (double) clientCpuNanos / nanos;
  }

  public double latencyMillis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }
}
