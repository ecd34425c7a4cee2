package io.millrace.kafka.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Lets the broker speak of trouble only, unless its host has asked for more.
 *
 * <p>Kafka writes some 2,000 lines at INFO for one start and stop. A level the host has set on one
 * of these loggers stays.
 */
final class BrokerLogs {

  /** Held here: the log manager itself holds a logger weakly and would forget its level. */
  private static final List<Logger> BROKER =
      Stream.of(
              "kafka",
              "state.change.logger",
              "org.apache.kafka.common.config",
              "org.apache.kafka.common.metrics",
              "org.apache.kafka.common.telemetry",
              "org.apache.kafka.common.utils.AppInfoParser",
              "org.apache.kafka.controller",
              "org.apache.kafka.coordinator",
              "org.apache.kafka.image",
              "org.apache.kafka.metadata",
              "org.apache.kafka.queue",
              "org.apache.kafka.raft",
              "org.apache.kafka.server",
              "org.apache.kafka.snapshot",
              "org.apache.kafka.storage",
              "org.apache.kafka.timeline")
          .map(Logger::getLogger)
          .toList();

  /** Logs why a start failed, with a stack trace; here that is thrown. */
  private static final Logger START = Logger.getLogger("kafka.server.BrokerServer");

  private BrokerLogs() {}

  static void quiet() {
    if (START.getLevel() == null) {
      START.setLevel(Level.OFF);
    }
    for (Logger logger : BROKER) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }
}
