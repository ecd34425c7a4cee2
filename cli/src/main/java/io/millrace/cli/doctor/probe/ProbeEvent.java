package io.millrace.cli.doctor.probe;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One event of the probe.
 *
 * @param connection random, of the request it answers
 * @param replica random, of the process that answers
 * @param serverMillis when it was sent, since the request came
 * @param bytes of the whole frame
 * @param seen in the first event of a request
 */
public record ProbeEvent(
    String connection,
    String replica,
    int seq,
    double serverMillis,
    int bytes,
    Optional<Seen> seen) {

  /** The event in this data; empty when it is not one of the probe. */
  public static Optional<ProbeEvent> in(String data) {
    try {
      JsonObject json = new JsonObject(data);
      if (!json.containsKey("connection") || !json.containsKey("serverMillis")) {
        return Optional.empty();
      }
      return Optional.of(
          new ProbeEvent(
              json.getString("connection"),
              json.getString("replica", ""),
              json.getInteger("seq", 0),
              json.getDouble("serverMillis"),
              json.getInteger("bytes", data.length()),
              Optional.ofNullable(json.getJsonObject("seen")).map(Seen::of)));
    } catch (DecodeException | ClassCastException stranger) {
      return Optional.empty();
    }
  }
}
