package io.millrace.publish;

import io.millrace.event.Scope;
import io.millrace.kafka.publish.OutgoingEvent.Header;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The attributes of a CloudEvent, checked, as headers of a record in Kafka's binary mode. Three of
 * them are not attributes there: {@code partitionkey} is the key, {@code scope} and {@code runid}
 * are the headers of these names.
 */
final class EventAttributes {

  /** All headers of a record: as much as HTTP servers take for those of a request. */
  static final int MAX_BYTES = 16 << 10;

  static final String KEY = "partitionkey";
  static final String SCOPE = "scope";
  static final String RUN_ID = "runid";
  static final String TRACEPARENT = "traceparent";

  private static final String PREFIX = "ce_";
  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
  private static final Set<String> NOT_ATTRIBUTES = Set.of(KEY, SCOPE, RUN_ID, "datacontenttype");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  private EventAttributes() {}

  /**
   * @throws FieldException when CloudEvents 1.0 does not allow them
   */
  static void check(Map<String, List<String>> attributes) {
    for (String name : REQUIRED) {
      if (attributes.getOrDefault(name, List.of("")).stream().allMatch(String::isEmpty)) {
        throw new FieldException(name, "a CloudEvent must have " + name);
      }
    }
    if (!attributes.getOrDefault("specversion", List.of()).equals(List.of("1.0"))) {
      throw new FieldException("specversion", "specversion must be 1.0");
    }
    attributes.forEach(EventAttributes::check);
    for (String time : attributes.getOrDefault("time", List.of())) {
      try {
        OffsetDateTime.parse(time);
      } catch (DateTimeParseException notATime) {
        throw new FieldException("time", "time must be as RFC 3339 has it");
      }
    }
  }

  private static void check(String name, List<String> texts) {
    if (!NAME.matcher(name).matches()) {
      throw new FieldException(
          printable(name), "names of attributes must be of lower-case letters and digits");
    }
    if (texts.isEmpty() || (texts.size() > 1 && !name.equals(SCOPE))) {
      throw new FieldException(name, name + " must be one text");
    }
    if (texts.stream().anyMatch(text -> text.chars().anyMatch(Character::isISOControl))) {
      throw new FieldException(name, name + " must not contain control characters");
    }
  }

  /** A name that came from outside goes back as far as it does no harm. */
  private static String printable(String name) {
    String harmless = name.replaceAll("[^ -~]", "?");
    return harmless.substring(0, Math.min(harmless.length(), 64));
  }

  /** As headers of a record; with the content type of its value. */
  static List<Header> headers(Map<String, List<String>> attributes, String contentType) {
    List<Header> headers = new ArrayList<>();
    attributes.forEach(
        (name, texts) -> {
          if (!NOT_ATTRIBUTES.contains(name)) {
            texts.forEach(text -> headers.add(new Header(PREFIX + name, text)));
          }
        });
    headers.add(new Header("content-type", contentType));
    return headers;
  }

  /**
   * Whom it is for, beside its key.
   *
   * @throws FieldException when one can't be a scope
   */
  static List<Header> scopes(List<String> scopes) {
    List<Header> headers = new ArrayList<>();
    for (String scope : scopes) {
      try {
        headers.add(new Header(SCOPE, Scope.parse(scope).text()));
      } catch (IllegalArgumentException invalid) {
        throw new FieldException(SCOPE, String.valueOf(invalid.getMessage()));
      }
    }
    return headers;
  }

  /**
   * @throws FieldException when a record has more than can be kept
   */
  static void checkSize(List<Header> headers) {
    int bytes = 0;
    for (Header header : headers) {
      bytes += header.name().length() + header.text().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MAX_BYTES) {
      throw new FieldException(
          "attributes", "attributes and scopes take more than " + MAX_BYTES + " bytes");
    }
  }
}
