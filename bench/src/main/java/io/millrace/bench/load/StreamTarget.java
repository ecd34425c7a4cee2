package io.millrace.bench.load;

import java.net.InetSocketAddress;
import java.util.function.IntFunction;

/**
 * What the streams connect to.
 *
 * @param address where the server listens, on loopback
 * @param request the request of the n-th stream, as bytes: each may carry its own token
 */
public record StreamTarget(InetSocketAddress address, IntFunction<byte[]> request) {

  public StreamTarget {
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("load goes to loopback only, not to " + address);
    }
  }
}
