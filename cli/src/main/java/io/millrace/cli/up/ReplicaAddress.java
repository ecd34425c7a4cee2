package io.millrace.cli.up;

import io.millrace.cli.gateway.Surface;

/**
 * Where a replica listens; the same for every process that runs it.
 *
 * @param number from 1, within its surface
 */
public record ReplicaAddress(Surface surface, int number, int port, int managementPort) {

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public String management() {
    return "http://127.0.0.1:" + managementPort;
  }

  /** Fit for a file name and for a person. */
  @Override
  public String toString() {
    return surface.service() + "-" + number;
  }
}
