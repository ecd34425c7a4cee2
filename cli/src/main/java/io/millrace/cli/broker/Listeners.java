package io.millrace.cli.broker;

import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import java.util.Map;

/**
 * Where a broker listens: on loopback and, for those elsewhere, on all interfaces.
 *
 * <p>A client goes on with the address the broker tells it, and no address is right for both: one
 * in the same pod or behind {@code kubectl port-forward} reaches loopback, the others a name.
 *
 * @param port on loopback, where clients are told 127.0.0.1
 * @param outside on all interfaces, where clients are told {@code advertised}
 * @param advertised {@code host:port} by which the others reach {@code outside}
 */
public record Listeners(int port, int outside, String advertised) {

  public Listeners {
    requirePort("port", port);
    requirePort("listen", outside);
    if (port == outside) {
      throw new IllegalArgumentException("listen: must be another port than --port");
    }
    if (!advertised.matches("[^:/\\s]+:\\d{1,5}")) {
      throw new IllegalArgumentException("advertise: must be HOST:PORT");
    }
  }

  private static void requirePort(String name, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(name + ": must be 1 to 65535");
    }
  }

  /** What the broker is started with. */
  public EmbeddedKafka.Options options() {
    String inside = "PLAINTEXT://127.0.0.1:" + port;
    String controller = "127.0.0.1:" + LoopbackPort.free();
    Map<String, String> settings =
        Map.of(
            "listeners",
            inside + ",OUTSIDE://0.0.0.0:" + outside + ",CONTROLLER://" + controller,
            "advertised.listeners",
            inside + ",OUTSIDE://" + advertised,
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.quorum.voters",
            "1@" + controller);
    return EmbeddedKafka.Options.defaults().withPort(port).withSettings(settings);
  }
}
