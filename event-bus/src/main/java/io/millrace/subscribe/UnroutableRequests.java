package io.millrace.subscribe;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Answers what the router refuses before any handler sees it, such as a request without a {@code
 * Host}. Left to Quarkus, each would be an ERROR in the log with the whole query, which anybody can
 * send and which may hold a token. Event loops.
 */
@Singleton
final class UnroutableRequests {

  private static final int BAD_REQUEST = 400;

  void bind(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(UnroutableRequests::answer);
  }

  private static void answer(RoutingContext context) {
    if (context.statusCode() == BAD_REQUEST && !context.response().headWritten()) {
      context
          .response()
          .setStatusCode(BAD_REQUEST)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .end();
    } else {
      context.next();
    }
  }
}
