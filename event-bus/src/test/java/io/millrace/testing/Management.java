package io.millrace.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;

/** The management port of a service: its health and its meters. */
public final class Management {

  private final URI server;

  public Management(URI server) {
    this.server = server;
  }

  public SseClient get(String path) {
    return SseRequest.to(server, path).send();
  }

  public boolean isReady() {
    return isUp("/q/health/ready");
  }

  public boolean isLive() {
    return isUp("/q/health/live");
  }

  private boolean isUp(String path) {
    try (SseClient health = get(path)) {
      return new JsonObject(health.awaitEnd()).getString("status").equals("UP");
    }
  }

  /** The sum of all series of a meter whose line contains {@code label}; 0 when there is none. */
  public double meter(String name, String label) {
    try (SseClient metrics = get("/q/metrics")) {
      return metrics
          .awaitEnd()
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .filter(line -> line.contains(label))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  public double meter(String name) {
    return meter(name, "");
  }
}
