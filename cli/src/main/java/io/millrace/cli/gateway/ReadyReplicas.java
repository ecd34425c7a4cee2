package io.millrace.cli.gateway;

import java.util.List;

/** Knows which replicas take subscribers at this moment. Any thread. */
public interface ReadyReplicas {

  /** The ports, on loopback, of the ready replicas of a surface; empty when there is none. */
  List<Integer> ports(Surface surface);
}
