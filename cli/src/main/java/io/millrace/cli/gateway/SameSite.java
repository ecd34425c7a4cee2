package io.millrace.cli.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Tells requests of the demo page from those another web page makes a browser send.
 *
 * <p>Three marks, none of which a page can forge: the host (a name that was re-bound to loopback is
 * not one of ours), the origin, and the browser's own word on the relation of the two sites.
 */
final class SameSite {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private SameSite() {}

  static boolean allows(HttpServerRequest request) {
    String host = request.getHeader("Host");
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    return isLoopback(host)
        && (origin == null || origin.equals("http://" + host))
        && (site == null || site.equals("same-origin"));
  }

  /** Whether the request names this machine itself, with or without a port. */
  static boolean isLoopback(@org.jspecify.annotations.Nullable String host) {
    return host != null && LOOPBACK.contains(host.replaceFirst(":\\d{1,5}$", ""));
  }
}
