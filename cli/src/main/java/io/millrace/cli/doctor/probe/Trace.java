package io.millrace.cli.doctor.probe;

import java.util.List;

/** The times of one response, in milliseconds since its request was sent. */
public record Trace(double headMillis, double endMillis, List<Arrival> arrivals) {

  public Trace {
    arrivals = List.copyOf(arrivals);
  }

  /** The least lag of any event: the way, and the delay that all of them have. */
  public double leastLag() {
    return arrivals.stream().mapToDouble(Arrival::lag).min().orElse(0);
  }

  /** The least but one: an odd event may ride along with something else. */
  public double secondLeastLag() {
    return arrivals.stream().mapToDouble(Arrival::lag).sorted().skip(1).findFirst().orElse(0);
  }

  /** From the sending of an event to that of the next, or to the end of the response. */
  public double gapAfter(int index) {
    ProbeEvent event = arrivals.get(index).event();
    return index + 1 < arrivals.size()
        ? arrivals.get(index + 1).event().serverMillis() - event.serverMillis()
        : endMillis - leastLag() - event.serverMillis();
  }
}
