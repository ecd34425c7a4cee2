package io.millrace.cli.doctor.check;

import io.millrace.cli.doctor.probe.Ending;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;
import java.util.Map;

/**
 * What is examined.
 *
 * @param entry the first stream, open or over
 * @param roundTripMillis what an ordinary request takes, with the making of a connection where a
 *     stream may need one
 * @param isHeldBack whether the first event came only with the end
 */
public record Chain(
    Probe probe, Plan plan, Recording entry, double roundTripMillis, boolean isHeldBack) {

  private static final int ROUND_TRIPS = 5;

  /** Of the time the stream takes. */
  private static final double HELD_BACK_SHARE = 0.5;

  private static final int DEFAULT_HEARTBEAT_SECONDS = 25;

  /**
   * Headers whose way to the service is looked at. A cursor no service wrote: nothing to repeat.
   */
  static Map<String, String> marked(String run) {
    return Map.of("Last-Event-ID", "1.doctor." + run, "Cookie", "millrace-doctor=" + run);
  }

  /** The first request of all. */
  public static ProbeRequest entryRequest(Probe probe, Plan plan) {
    return ProbeRequest.of(Phase.HOLD, "hold-0")
        .seconds(plan.holdSeconds())
        .headers(marked(probe.run()));
  }

  /** Measures the way. The first requests of a process are slow, so the quickest is taken. */
  public static Chain measured(Probe probe, Plan plan, Recording entry)
      throws InterruptedException {
    double warm = probe.roundTripMillis();
    double first = Math.min(probe.firstRoundTripMillis(), probe.firstRoundTripMillis());
    for (int i = 1; i < ROUND_TRIPS; i++) {
      warm = Math.min(warm, probe.roundTripMillis());
    }
    // All streams of HTTP/2 share a connection. One of HTTP/1.1 may have to make its own.
    double roundTrip = entry.isHttp2() ? warm : Math.max(warm, first);
    return new Chain(probe, plan, entry, roundTrip, isHeldBack(entry));
  }

  /** The same chain, looked at otherwise. */
  public Chain with(Plan other) {
    return new Chain(probe, other, entry, roundTripMillis, isHeldBack);
  }

  /** How often the service breaks a silence, as it says. */
  int heartbeatSeconds() {
    String seconds = entry.header("Millrace-Heartbeat");
    return seconds.matches("\\d{1,4}") ? Integer.parseInt(seconds) : DEFAULT_HEARTBEAT_SECONDS;
  }

  /** By the time between the two, since the first request of a process is slow to begin with. */
  private static boolean isHeldBack(Recording entry) {
    double life = entry.request().seconds() * 1000.0;
    return entry.ending() != Ending.OPEN
        && entry.arrivals().stream()
            .allMatch(first -> entry.endMillis() - first.millis() < HELD_BACK_SHARE * life);
  }
}
