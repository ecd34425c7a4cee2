package io.millrace.cli.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The answer when no replica can take a request.
 *
 * <p>A subscriber gets a stream that ends at once and says when to come back: a browser's
 * EventSource gives up for good on any status but 200.
 */
final class SoftReject {

  /** So that the subscribers of a replica that died do not return in one instant. */
  private static final int SHORTEST_RETRY_MS = 5_000;

  private static final int LONGEST_RETRY_MS = 30_000;

  private SoftReject() {}

  static ProxyResponse answer(ProxyRequest request) {
    HttpMethod method = request.getMethod();
    ProxyResponse response = request.release().response();
    int retry = ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MS, LONGEST_RETRY_MS + 1);
    if (method.equals(HttpMethod.GET)) {
      return response
          .setStatusCode(200)
          .putHeader("Content-Type", "text/event-stream; charset=utf-8")
          .putHeader("Cache-Control", "no-cache, no-store, no-transform")
          .putHeader("X-Accel-Buffering", "no")
          .setBody(Body.body(Buffer.buffer("retry: " + retry + "\n: busy\n\n")));
    }
    return response
        .setStatusCode(503)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Retry-After", String.valueOf(retry / 1000))
        .setBody(Body.body(Buffer.buffer("{\"status\":503,\"title\":\"No replica is ready\"}")));
  }
}
