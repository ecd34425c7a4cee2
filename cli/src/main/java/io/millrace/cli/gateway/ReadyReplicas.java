package io.millrace.cli.gateway;

import java.util.List;
import java.util.Optional;

/** Knows which replicas take subscribers at this moment. Any thread. */
public interface ReadyReplicas {

  /** The ports, on loopback, of the ready replicas of a surface; empty when there is none. */
  List<Integer> ports(Surface surface);

  /**
   * Ends the process of the replica on this port at once, as a crash would.
   *
   * @return its name; empty where there is none that may be killed
   */
  default Optional<String> kill(int port) {
    return Optional.empty();
  }
}
