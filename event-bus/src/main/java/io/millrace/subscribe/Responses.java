package io.millrace.subscribe;

import io.millrace.connection.Retry;
import io.millrace.sse.Frame;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** The answers of a surface, header by header (wire.md §5). Event loop of the connection. */
final class Responses {

  private static final String EVENT_STREAM = "text/event-stream;charset=utf-8";

  /** Told to caches, and to the proxies that heed it, not to compress. */
  private static final String NEVER_STORED = "no-cache, no-store, no-transform";

  private static final String HEARTBEAT = "Millrace-Heartbeat";

  private final Duration heartbeat;
  private final int writeQueueBytes;

  Responses(Duration heartbeat, int writeQueueBytes) {
    this.heartbeat = heartbeat;
    this.writeQueueBytes = writeQueueBytes;
  }

  /** Opens the stream: headers and first frame leave at once, before any event. */
  void open(RoutingContext context) {
    HttpServerResponse response = head(context);
    response.setChunked(true).setWriteQueueMaxSize(writeQueueBytes);
    response.write(Frame.ready(Retry.SOON.next()).toString());
  }

  void reject(RoutingContext context, Rejection rejection) {
    if (rejection instanceof Rejection.Refused refused) {
      refuse(context.response(), refused);
    } else if (rejection instanceof Rejection.Over) {
      context.response().setStatusCode(204).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
    } else {
      head(context).end(Frame.busy(Retry.LATER.next()).toString());
    }
  }

  private HttpServerResponse head(RoutingContext context) {
    return context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
        .putHeader(HttpHeaders.CACHE_CONTROL, NEVER_STORED)
        .putHeader("X-Accel-Buffering", "no")
        .putHeader(HEARTBEAT, Long.toString(heartbeat.toSeconds()));
  }

  private static void refuse(HttpServerResponse response, Rejection.Refused refused) {
    refused.challenge().ifPresent(challenge -> response.putHeader("WWW-Authenticate", challenge));
    response
        .setStatusCode(refused.problem().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(refused.problem().toJson());
  }
}
