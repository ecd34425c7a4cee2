package io.millrace.connection;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends a response at once, with what still waits for a client that reads nothing. Event loop of the
 * connection.
 */
public final class Cut {

  /** Reset of one stream of a connection (RFC 9113 §7). */
  private static final long HTTP_2_CANCEL = 0x8;

  private Cut() {}

  /** Over HTTP/2 this response alone, else its connection. */
  public static void now(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(HTTP_2_CANCEL);
    } else if (request.connection() instanceof ConnectionBase connection) {
      // Closing the connection itself first waits for the writes that a stalled socket never ends.
      connection.channel().pipeline().firstContext().close();
    } else {
      request.connection().close();
    }
  }
}
