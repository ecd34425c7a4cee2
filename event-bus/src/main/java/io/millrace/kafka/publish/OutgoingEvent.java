package io.millrace.kafka.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event that somebody wants in the topic: a record before it has a place.
 *
 * @param key record key
 * @param value record value
 * @param headers record headers, in order
 */
public record OutgoingEvent(String key, byte[] value, List<Header> headers) {

  /** A header whose value is text, as all are that have a meaning. */
  public record Header(String name, String text) {

    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  public OutgoingEvent {
    headers = List.copyOf(headers);
  }

  byte[] keyBytes() {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
