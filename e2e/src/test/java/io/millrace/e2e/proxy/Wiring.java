package io.millrace.e2e.proxy;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a proxy of a test listens and whom it forwards to.
 *
 * @param folder its own, for its files
 * @param protocol spoken by clients
 * @param port it listens on, on loopback
 * @param notifications port that answers {@code /api/notifications}
 * @param aiEvents port that answers {@code /api/ai/events}
 */
public record Wiring(Path folder, Protocol protocol, int port, int notifications, int aiEvents) {

  /** A folder and a port of its own. */
  public static Wiring of(Path parent, Protocol protocol, int notifications, int aiEvents)
      throws IOException {
    Path folder = Files.createTempDirectory(parent, "proxy");
    return new Wiring(folder, protocol, Loopback.freePort(), notifications, aiEvents);
  }

  /** {@code 127.0.0.1:PORT}. */
  public String address() {
    return Loopback.HOST + ":" + port;
  }
}
