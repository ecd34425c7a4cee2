package io.millrace.e2e.proxy;

import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Proxies one behind the other, each with its shipped rule. */
final class ProxyChain implements AutoCloseable {

  private final List<ProxyProcess> inside = new ArrayList<>();

  /**
   * @param proxies from the client's to the one before the service
   */
  static ProxyChain start(Path folder, List<Proxy> proxies, int service) throws IOException {
    ProxyChain chain = new ProxyChain();
    int next = service;
    for (int at = proxies.size() - 1; at >= 0; at--) {
      Proxy proxy = proxies.get(at);
      Wiring wiring = Wiring.of(folder, Protocol.HTTP_1_1, next, next);
      chain.inside.add(ProxyProcess.start(proxy, proxy.shipped(), wiring));
      next = wiring.port();
    }
    return chain;
  }

  /** A stream through all of them. */
  SseReader open(String path, String... headers) {
    return inside.get(inside.size() - 1).open(path, headers);
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends all of them, outermost first. */
  void stop() {
    for (int at = inside.size() - 1; at >= 0; at--) {
      inside.get(at).close();
    }
  }
}
