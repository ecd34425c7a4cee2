package io.millrace.cli.up;

import io.millrace.cli.gateway.Surface;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked {@code up} for.
 *
 * @param port of the gateway; 0 for any free one
 * @param kafkaPort of the broker; 0 for any free one
 * @param replicas of each service; of the one for runs, two at least
 * @param data where the broker keeps its log; empty for a temporary directory
 */
public record UpOptions(int port, int kafkaPort, int replicas, Optional<Path> data) {

  /** Two surfaces of eight JVMs are more than a laptop is for. */
  private static final int MAX_REPLICAS = 8;

  /** One of them can be killed in the middle of a run, and another goes on at once. */
  private static final int LEAST_FOR_RUNS = 2;

  public UpOptions {
    requirePort("port", port);
    requirePort("kafka-port", kafkaPort);
    if (replicas < 1 || replicas > MAX_REPLICAS) {
      throw new IllegalArgumentException("replicas: must be 1 to " + MAX_REPLICAS);
    }
  }

  /** How many processes of this service. */
  int replicas(Surface surface) {
    return switch (surface) {
      case NOTIFICATIONS -> replicas;
      case AI_EVENTS -> Math.max(replicas, LEAST_FOR_RUNS);
    };
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + ": must be 0 to 65535");
    }
  }
}
