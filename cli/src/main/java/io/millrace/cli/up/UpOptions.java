package io.millrace.cli.up;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked {@code up} for.
 *
 * @param port of the gateway; 0 for any free one
 * @param kafkaPort of the broker; 0 for any free one
 * @param replicas of each service
 * @param data where the broker keeps its log; empty for a temporary directory
 */
public record UpOptions(int port, int kafkaPort, int replicas, Optional<Path> data) {

  /** Two surfaces of eight JVMs are more than a laptop is for. */
  private static final int MAX_REPLICAS = 8;

  public UpOptions {
    requirePort("port", port);
    requirePort("kafka-port", kafkaPort);
    if (replicas < 1 || replicas > MAX_REPLICAS) {
      throw new IllegalArgumentException("replicas: must be 1 to " + MAX_REPLICAS);
    }
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + ": must be 0 to 65535");
    }
  }
}
