package io.millrace.subscribe;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An error as RFC 9457 has it, {@code application/problem+json}.
 *
 * @param status HTTP status
 * @param title what the status means
 * @param detail what is wrong with this request, for its author; never a value from a token
 * @param parameter the query parameter at fault
 */
public record Problem(int status, String title, String detail, Optional<String> parameter) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public String toJson() {
    JsonObject json =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    parameter.ifPresent(name -> json.put("parameter", name));
    return json.encode();
  }
}
