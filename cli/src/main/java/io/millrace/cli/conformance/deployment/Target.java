package io.millrace.cli.conformance.deployment;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A surface of a deployment, and who asks for it.
 *
 * @param uri where the surface is, without a query
 * @param token a valid token
 * @param key whom this run's events are for: {@code user:<sub>} or a conversation the token grants
 * @param origin an origin that is allowed to read, if any
 * @param timeout longest wait for the head of an answer, for an event, and beyond a heartbeat's
 *     time
 */
public record Target(
    URI uri, Surface surface, String token, String key, Optional<String> origin, Duration timeout) {

  public Target {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("'" + uri + "' is not an http address");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("'" + uri + "' must have no query");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be more than 0");
    }
  }

  /** A key the token does not name. */
  public String foreignKey() {
    return key + "-nobody";
  }

  /** Another path of the same server, behind the same prefix. */
  public URI beside(String path) {
    String own = uri.getPath() == null ? "" : uri.getPath();
    String prefix =
        own.endsWith(surface.path())
            ? own.substring(0, own.length() - surface.path().length())
            : "";
    return uri.resolve(prefix + path);
  }
}
