package io.millrace.probe;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as it reached the server, taken before anything is done with it: authentication drops a
 * cookie beside a bearer token. Of a sensitive header the client is told enough to know whether it
 * came as it was sent, and nobody else anything.
 *
 * @param headers their names, in lower case, sorted
 * @param values of the few headers that are looked at, by name
 */
record Seen(String protocol, String path, List<String> headers, Map<String, String> values) {

  private static final List<String> KEYED =
      List.of("authorization", "cookie", "last-event-id", "accept");

  /** What says how the last hop speaks to the server: by name, and how the client is told. */
  private static final Map<String, String> PLAIN =
      Map.of("accept-encoding", "acceptEncoding", "connection", "connection", "via", "via");

  private static final String HMAC = "HmacSHA256";
  private static final int HMAC_BYTES = 8;

  static Seen of(HttpServerRequest request) {
    MultiMap headers = request.headers();
    List<String> names =
        headers.names().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !name.startsWith(":"))
            .distinct()
            .sorted()
            .toList();
    Map<String, String> values = new HashMap<>();
    for (String name : names) {
      if (KEYED.contains(name) || PLAIN.containsKey(name)) {
        // HTTP/2 may send the pieces of a cookie one by one (RFC 9113 §8.2.3).
        values.put(name, String.join(name.equals("cookie") ? "; " : ", ", headers.getAll(name)));
      }
    }
    return new Seen(protocol(request), String.valueOf(request.path()), names, values);
  }

  private static String protocol(HttpServerRequest request) {
    return switch (request.version()) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
    };
  }

  /** The form on the wire; a header that did not come is left out. */
  JsonObject toJson(String run) {
    JsonObject hmac = new JsonObject();
    KEYED.forEach(name -> value(name).ifPresent(value -> hmac.put(name, hmac(run, value))));
    JsonObject json =
        new JsonObject()
            .put("protocol", protocol)
            .put("path", path)
            .put("headers", new JsonArray(headers))
            .put("hmac", hmac);
    PLAIN.forEach((name, key) -> value(name).ifPresent(value -> json.put(key, value)));
    return json;
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static String hmac(String run, String value) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(run.getBytes(StandardCharsets.US_ASCII), HMAC));
      // A header's bytes are decoded one by one.
      byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, HMAC_BYTES));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
