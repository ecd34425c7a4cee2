package io.millrace.publish;

import io.millrace.config.MillraceConfig.Payload;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a request carries its events: plain, or one of the three forms of CloudEvents over HTTP. */
enum ContentMode {
  /** The body is the data, the query says whom it is for. */
  PLAIN,
  /** The body is the data, {@code ce-*} headers are the attributes. */
  BINARY,
  /** The body is one CloudEvent. */
  STRUCTURED,
  /** The body is an array of CloudEvents. */
  BATCH;

  static final String ATTRIBUTE_PREFIX = "ce-";

  private static final Pattern JSON = Pattern.compile("application/(json|[^;]+\\+json)");

  /** JSON and text on the wire are UTF-8; nothing is transcoded. */
  private static final Pattern OTHER_CHARSET =
      Pattern.compile("(?s).*;\\s*charset=(?!\"?utf-?8\"?\\s*(;|$)).*");

  /**
   * @throws RefusedException when the topic can't take what the content type says
   */
  static ContentMode of(MultiMap headers, Payload payload) {
    String type = contentType(headers);
    String essence = type.split(";", 2)[0].trim();
    if (OTHER_CHARSET.matcher(type).matches()) {
      throw unsupported("the charset must be utf-8");
    }
    if (essence.equals("application/cloudevents+json")) {
      return STRUCTURED;
    }
    if (essence.equals("application/cloudevents-batch+json")) {
      return BATCH;
    }
    boolean isJson = JSON.matcher(essence).matches();
    boolean fits = isJson || (payload == Payload.TEXT && essence.startsWith("text/"));
    if (!fits || essence.startsWith("application/cloudevents")) {
      throw unsupported("the content type must be application/json or that of CloudEvents in JSON");
    }
    boolean hasAttributes =
        headers.names().stream()
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(ATTRIBUTE_PREFIX));
    return hasAttributes ? BINARY : PLAIN;
  }

  /** In lower case; empty without one. */
  static String contentType(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.trim().toLowerCase(Locale.ROOT);
  }

  private static RefusedException unsupported(String detail) {
    return new RefusedException(Refusal.unsupported(detail));
  }
}
