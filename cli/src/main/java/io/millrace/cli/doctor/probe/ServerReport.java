package io.millrace.cli.doctor.probe;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What one replica saw of this run. */
public record ServerReport(String replica, List<Request> requests) {

  /**
   * @param name what we called it; empty without
   * @param ended {@code complete}, {@code client} or {@code open}
   * @param livedMillis from its opening to its end
   */
  public record Request(String connection, String name, String ended, double livedMillis) {

    private static Request of(JsonObject json) {
      double opened = json.getDouble("openedMillis", 0.0);
      return new Request(
          Objects.requireNonNullElse(json.getString("connection"), ""),
          Objects.requireNonNullElse(json.getString("request"), ""),
          Objects.requireNonNullElse(json.getString("ended"), "open"),
          Objects.requireNonNullElse(json.getDouble("endedMillis"), opened) - opened);
    }
  }

  public ServerReport {
    requests = List.copyOf(requests);
  }

  /** The report in this text; empty when it is none. */
  public static Optional<ServerReport> in(String text) {
    try {
      JsonObject json = new JsonObject(text);
      if (!json.containsKey("requests")) {
        return Optional.empty();
      }
      List<Request> requests =
          json.getJsonArray("requests").stream()
              .map(each -> Request.of((JsonObject) each))
              .toList();
      return Optional.of(
          new ServerReport(Objects.requireNonNullElse(json.getString("replica"), ""), requests));
    } catch (DecodeException | ClassCastException stranger) {
      return Optional.empty();
    }
  }
}
