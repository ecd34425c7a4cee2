package io.millrace.bench.load;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What the clients connect to.
 *
 * @param address where the server listens, on loopback
 * @param requests as bytes: each client may carry its own token
 */
public record StreamTarget(InetSocketAddress address, Requests requests) {

  public StreamTarget {
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("load goes to loopback only, not to " + address);
    }
  }

  /** Makes the request of a client. Any thread. */
  public interface Requests {

    /**
     * @param client its number, from 0
     * @param lastEventId of the last event it has seen, if any
     */
    byte[] of(int client, Optional<String> lastEventId);
  }

  /** The same server for clients that count from another number than 0. */
  public StreamTarget from(int first) {
    return new StreamTarget(address, (client, id) -> requests.of(first + client, id));
  }
}
