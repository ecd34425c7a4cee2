package io.millrace.cli.broker;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.util.List;
import java.util.Map;

/**
 * The topics of the wire contract, as {@code up} and {@code kafka} make them.
 *
 * @param events of notifications and AI events
 * @param control with revocations and ends of conversations
 */
public record Topics(List<String> events, String control) {

  /** Cursors stay below 80 characters, and a topic can feed twelve consumers. */
  private static final int PARTITIONS = 12;

  private static final String SEVEN_DAYS_MS = "604800000";

  public Topics {
    events = List.copyOf(events);
  }

  /** Those of the wire contract. */
  public static Topics ofContract() {
    return new Topics(List.of("notifications", "ai-events"), "stream-control");
  }

  /** Makes those that do not exist yet. */
  public void createIn(EmbeddedKafka kafka) {
    for (String topic : events) {
      kafka.createTopic(
          topic, PARTITIONS, Map.of("cleanup.policy", "delete", "retention.ms", SEVEN_DAYS_MS));
    }
    // One partition: control records are few and apply to everyone in one order.
    kafka.createTopic(control, 1, Map.of("cleanup.policy", "compact"));
  }
}
