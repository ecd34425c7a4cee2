package io.millrace.connection;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Any other response (HTTP/2, HTTP/1.0): written through Vert.x, which does the framing. Frames
 * leave with each write; there is nothing to flush.
 */
final class ResponseEventStream implements EventStream {

  private final HttpServerResponse response;
  private final Optional<HttpConnection> own;

  ResponseEventStream(RoutingContext context) {
    this.response = context.response();
    HttpConnection connection = context.request().connection();
    boolean shared = context.request().version() == HttpVersion.HTTP_2;
    this.own = shared ? Optional.empty() : Optional.of(connection);
  }

  @Override
  public boolean isWritable() {
    return response.ended() || !response.writeQueueFull();
  }

  @Override
  public void write(FrameBuffer frames) {
    if (!response.ended() && !response.closed()) {
      response.write(Buffer.buffer(frames.payload()));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void onDrain(Runnable action) {
    response.drainHandler(ready -> action.run());
  }

  @Override
  public void end() {
    if (response.ended() || response.closed()) {
      return;
    }
    response.end().onComplete(sent -> own.ifPresent(HttpConnection::close));
  }
}
