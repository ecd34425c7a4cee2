package io.millrace.cli.up;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;

/** One JSON object a line, for programs: first what runs, then one per change. */
final class JsonReport implements Report {

  private final PrintWriter out;
  private boolean up;

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void progress(String what) {
    // A program waits for the first object.
  }

  @Override
  public void up(RunningSystem system) {
    JsonArray replicas = new JsonArray();
    for (Replica replica : system.replicas()) {
      replicas.add(address(replica.address()).put("pid", replica.pid()));
    }
    print(
        new JsonObject()
            .put("gateway", system.gateway())
            .put("kafka", system.kafka())
            .put("replicas", replicas)
            .put("logs", system.logs().toString()));
  }

  @Override
  public void ended(ReplicaAddress replica, long pid, int status, Duration restartIn) {
    print(
        change("ended", replica, pid)
            .put("status", status)
            .put("restartInMs", restartIn.toMillis()));
  }

  @Override
  public void started(ReplicaAddress replica, long pid) {
    print(change("started", replica, pid));
  }

  @Override
  public void ready(ReplicaAddress replica, long pid) {
    print(change("ready", replica, pid));
  }

  @Override
  public void unready(ReplicaAddress replica, long pid) {
    print(change("unready", replica, pid));
  }

  private static JsonObject change(String name, ReplicaAddress replica, long pid) {
    return new JsonObject().put("change", name).mergeIn(address(replica)).put("pid", pid);
  }

  private static JsonObject address(ReplicaAddress replica) {
    return new JsonObject()
        .put("service", replica.surface().service())
        .put("url", replica.url())
        .put("management", replica.management());
  }

  @Override
  public void stopping() {
    print(new JsonObject().put("change", "stopping"));
  }

  private synchronized void print(JsonObject json) {
    up |= json.containsKey("gateway");
    if (!up) {
      return; // The first object says what runs; what happened before is in it.
    }
    out.println(json.encode());
    out.flush();
  }
}
