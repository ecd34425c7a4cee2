package io.millrace.probe;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * One request of a run as this replica saw it. Written by the event loop of its connection, read by
 * that of whoever asks for the report.
 */
final class Sighting {

  private final ProbeRequest request;
  private final String connection;
  private final long arrivedNanos;
  private int sentEvents;
  private Optional<Ending> ending = Optional.empty();
  private long endedNanos;

  Sighting(ProbeRequest request, String connection, long arrivedNanos) {
    this.request = request;
    this.connection = connection;
    this.arrivedNanos = arrivedNanos;
  }

  /** How a response of the probe came to its end. */
  enum Ending {
    /** All of it was written. */
    COMPLETE,
    /** The client, or somebody between, closed the connection. */
    CLIENT,
    /** The client did not read it in time. */
    SLOW,
    /** A fence caught an exception. */
    FAULT;

    /** The form on the wire and in metrics. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ProbeRequest request() {
    return request;
  }

  /** What the next event says, but for its size. */
  synchronized JsonObject nextEvent(String replica, long nowNanos) {
    return new JsonObject()
        .put("run", request.run())
        .put("connection", connection)
        .put("replica", replica)
        .put("phase", request.phase().text())
        .put("seq", sentEvents++)
        .put("serverMillis", millis(nowNanos - arrivedNanos));
  }

  /** A second time does nothing: the first reason is the reason. */
  synchronized void ended(Ending how, long nowNanos) {
    if (ending.isEmpty()) {
      ending = Optional.of(how);
      endedNanos = nowNanos;
    }
  }

  synchronized boolean isOpen() {
    return ending.isEmpty();
  }

  synchronized JsonObject toJson(long runNanos) {
    JsonObject json =
        new JsonObject().put("connection", connection).put("phase", request.phase().text());
    request.name().ifPresent(name -> json.put("request", name));
    json.put("openedMillis", millis(arrivedNanos - runNanos))
        .put("sentEvents", sentEvents)
        .put("ended", ending.map(Ending::text).orElse("open"));
    if (ending.isPresent()) {
      json.put("endedMillis", millis(endedNanos - runNanos));
    }
    return json;
  }

  /** With three decimals. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1_000.0) / 1_000.0;
  }
}
