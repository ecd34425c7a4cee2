package io.millrace.kafka.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event that somebody wants in the topic: a record before it has a place.
 *
 * @param key record key
 * @param value record value
 * @param headers record headers, in order
 */
public record OutgoingEvent(String key, byte[] value, List<Header> headers) {

  private static final String TRACEPARENT = "traceparent";

  /** A header whose value is text, as all are that have a meaning. */
  public record Header(String name, String text) {

    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  public OutgoingEvent {
    headers = List.copyOf(headers);
  }

  /** The same, sent in this span: unless its sender has named one. */
  public OutgoingEvent sentIn(String traceparent) {
    if (headers.stream().anyMatch(header -> header.name().equals(TRACEPARENT))) {
      return this;
    }
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(TRACEPARENT, traceparent));
    return new OutgoingEvent(key, value, more);
  }

  byte[] keyBytes() {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
