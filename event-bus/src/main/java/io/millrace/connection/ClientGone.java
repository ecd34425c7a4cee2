package io.millrace.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The second word on a client that has left. The first is the end of the response, as Vert.x tells
 * it; but where an unfinished request is pipelined behind a stream, its handling of the closed
 * connection fails on that one (Http1xServerRequest.handleException, 4.5) and never gets to the
 * stream, which would live on without a client until it is too old. So its channel is asked too.
 * Event loop of the connection.
 */
public final class ClientGone {

  private ClientGone() {}

  /**
   * For a stream that is open: its connection carries nothing else before it ends.
   *
   * @param action runs at once when the client has left already; it may have run before
   * @return takes it back, for a connection that goes on
   */
  public static Runnable then(HttpServerRequest request, Runnable action) {
    // An HTTP/2 connection pipelines nothing, and outlives its streams.
    if (request.version() == HttpVersion.HTTP_1_1
        && request.connection() instanceof ConnectionBase connection) {
      ChannelFuture closing = connection.channel().closeFuture();
      ChannelFutureListener left = closed -> action.run();
      closing.addListener(left);
      return () -> closing.removeListener(left);
    }
    return () -> {};
  }
}
