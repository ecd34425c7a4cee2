package io.millrace.cli.doctor.probe;

/**
 * An event, and when its last byte came.
 *
 * @param millis since the request was sent
 * @param quietMillis how long nothing had come before the read that completed it
 */
public record Arrival(double millis, double quietMillis, ProbeEvent event) {

  /** Time between the sending and the arrival, and whatever two clocks that start apart add. */
  public double lag() {
    return millis - event.serverMillis();
  }
}
