package io.millrace.kafka.deadletter;

import io.millrace.kafka.record.RecordDecoder.Fault;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A malformed record as it is set aside: key, value and headers as they were, and beside them what
 * was wrong and where it came from, as text.
 */
final class DeadLetter {

  private static final String PREFIX = "millrace-error-";

  private DeadLetter() {}

  static ProducerRecord<byte @Nullable [], byte @Nullable []> of(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, Fault fault, String topic) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    set(headers, "reason", fault.reason());
    set(headers, "part", fault.part());
    set(headers, "topic", record.topic());
    set(headers, "partition", Integer.toString(record.partition()));
    set(headers, "offset", Long.toString(record.offset()));
    set(headers, "timestamp", Long.toString(record.timestamp()));
    return new ProducerRecord<>(topic, null, null, record.key(), record.value(), headers);
  }

  /** A dead letter that was written back unchanged brings headers of its first death along. */
  private static void set(Headers headers, String name, String text) {
    headers.remove(PREFIX + name);
    headers.add(PREFIX + name, text.getBytes(StandardCharsets.UTF_8));
  }
}
