package io.millrace.cli.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Kills the replica that serves a view of the demo page: {@code {"view":…}}. On the gateway's event
 * loop.
 */
final class DemoKill {

  private final ReplicaProxy proxy;
  private final ReadyReplicas replicas;

  DemoKill(ReplicaProxy proxy, ReadyReplicas replicas) {
    this.proxy = proxy;
    this.replicas = replicas;
  }

  void kill(HttpServerRequest request, JsonObject body) {
    Optional<String> killed = proxy.portOf(body.getString("view", "")).flatMap(replicas::kill);
    if (killed.isEmpty()) {
      new Problem(404, "No replica serves this view").answer(request);
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(new JsonObject().put("replica", killed.get()).encode());
  }
}
