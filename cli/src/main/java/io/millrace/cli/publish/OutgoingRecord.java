package io.millrace.cli.publish;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A record as a producer of Millrace events writes it.
 *
 * @param key whom it is addressed to ({@code user:alice}), or the conversation it belongs to
 * @param type the SSE event name; without one a browser's {@code onmessage} gets it
 * @param scopes whom it is addressed to, instead of the key
 * @param run the run of an AI event
 */
public record OutgoingRecord(
    String topic,
    String key,
    JsonText value,
    Optional<String> type,
    List<String> scopes,
    Optional<String> run) {

  public OutgoingRecord {
    scopes = List.copyOf(scopes);
  }

  /** One of no run. */
  public OutgoingRecord(
      String topic, String key, JsonText value, Optional<String> type, List<String> scopes) {
    this(topic, key, value, type, scopes, Optional.empty());
  }

  /** With a type it is a CloudEvent in Kafka's binary mode, else a bare key and value. */
  ProducerRecord<String, String> toProducerRecord(Instant now) {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value.text());
    Headers headers = record.headers();
    type.ifPresent(
        name -> {
          add(headers, "content-type", "application/json");
          add(headers, "ce_specversion", "1.0");
          add(headers, "ce_id", UUID.randomUUID().toString());
          add(headers, "ce_source", "/millrace/cli");
          add(headers, "ce_type", name);
          add(headers, "ce_time", now.toString());
        });
    scopes.forEach(scope -> add(headers, "scope", scope));
    run.ifPresent(id -> add(headers, "runid", id));
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
