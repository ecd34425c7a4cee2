package io.millrace.cli.doctor.probe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the service saw of a request, as it tells in the first event.
 *
 * @param headers names in lower case
 * @param fingerprints of the values of a few headers, by name
 */
public record Seen(
    String protocol,
    List<String> headers,
    Map<String, String> fingerprints,
    String acceptEncoding,
    String via) {

  public Seen {
    headers = List.copyOf(headers);
    fingerprints = Map.copyOf(fingerprints);
  }

  static Seen of(JsonObject json) {
    JsonArray names = json.getJsonArray("headers", new JsonArray());
    Map<String, String> fingerprints = new LinkedHashMap<>();
    for (Map.Entry<String, Object> each : json.getJsonObject("hmac", new JsonObject())) {
      fingerprints.put(each.getKey(), String.valueOf(each.getValue()));
    }
    return new Seen(
        text(json, "protocol"),
        names.stream().map(String::valueOf).toList(),
        fingerprints,
        text(json, "acceptEncoding"),
        text(json, "via"));
  }

  private static String text(JsonObject json, String name) {
    return Objects.requireNonNullElse(json.getString(name), "");
  }
}
