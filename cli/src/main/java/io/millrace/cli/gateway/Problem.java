package io.millrace.cli.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** An error as RFC 9457 writes it. */
record Problem(int status, String title) {

  void answer(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(new JsonObject().put("status", status).put("title", title).encode());
  }
}
