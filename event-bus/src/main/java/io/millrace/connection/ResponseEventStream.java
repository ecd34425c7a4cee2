package io.millrace.connection;

import io.vertx.core.Vertx;
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

  /** Reset of one stream of a connection: its client reads nothing (RFC 9113 §7). */
  private static final long HTTP_2_CANCEL = 0x8;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Optional<HttpConnection> own;

  ResponseEventStream(RoutingContext context) {
    this.vertx = context.vertx();
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
    long cut = vertx.setTimer(CLOSE_GRACE.toMillis(), late -> cut());
    if (own.isEmpty() && response.writeQueueFull()) {
      // Of an HTTP/2 stream that was told to end Vert.x no longer resets what can't be sent.
      response.drainHandler(room -> finish(cut));
    } else {
      finish(cut);
    }
  }

  @Override
  public void breakOff() {
    if (!response.ended()) {
      cut();
    }
  }

  private void finish(long cut) {
    response
        .end()
        .onComplete(
            sent -> {
              vertx.cancelTimer(cut);
              own.ifPresent(HttpConnection::close);
            });
  }

  /** What waits for a client that reads nothing would be held as long as its connection. */
  private void cut() {
    if (!response.closed()) {
      own.ifPresentOrElse(HttpConnection::close, () -> response.reset(HTTP_2_CANCEL));
    }
  }
}
