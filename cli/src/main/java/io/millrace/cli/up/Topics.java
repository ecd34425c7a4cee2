package io.millrace.cli.up;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.util.Map;

/** The topics of the wire contract, as {@code up} makes them. */
final class Topics {

  /** Cursors stay below 80 characters, and a topic can feed twelve consumers. */
  private static final int PARTITIONS = 12;

  private static final String SEVEN_DAYS_MS = "604800000";

  private Topics() {}

  static void createIn(EmbeddedKafka kafka) {
    Map<String, String> events = Map.of("cleanup.policy", "delete", "retention.ms", SEVEN_DAYS_MS);
    kafka.createTopic("notifications", PARTITIONS, events);
    kafka.createTopic("ai-events", PARTITIONS, events);
    // One partition: control records are few and apply to everyone in one order.
    kafka.createTopic("stream-control", 1, Map.of("cleanup.policy", "compact"));
  }
}
