package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Surface;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The wire contract, kept. Each flaw of a test overrides one method, to break one clause. Every
 * method is called on the thread of a request.
 */
class Behaviour {

  static final String ORIGIN = "https://app.example";
  static final String EPOCH = "1.test.";

  /** Where the head of a stream, its first bytes and every frame are put together. */
  Map<String, String> head(TestRequest request) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("Content-Type", "text/event-stream;charset=utf-8");
    head.put("Cache-Control", "no-cache, no-store, no-transform");
    head.put("X-Accel-Buffering", "no");
    head.put("Millrace-Heartbeat", "1");
    head.putAll(cors(request));
    return head;
  }

  Map<String, String> cors(TestRequest request) {
    Map<String, String> head = new LinkedHashMap<>(Map.of("Vary", "Origin"));
    if (request.header("origin").filter(ORIGIN::equals).isPresent()) {
      head.put("Access-Control-Allow-Origin", ORIGIN);
      head.put("Access-Control-Expose-Headers", "Millrace-Heartbeat");
    }
    return head;
  }

  Refusal preflight(TestRequest request) {
    Map<String, String> head = cors(request);
    head.put("Access-Control-Allow-Headers", "authorization, last-event-id");
    return new Refusal("204 No Content", head, "");
  }

  Refusal post(TestRequest request, TestDeployment deployment) {
    Optional<String> token = token(request);
    if (token.isEmpty()) {
      return Refusal.unauthorized("Bearer").orElseThrow();
    }
    if (!token.get().equals(TestDeployment.PUBLISHER)) {
      return Refusal.problem(403, "");
    }
    String type = request.header("content-type").orElse("");
    if (!type.contains("json")) {
      return Refusal.problem(415, "");
    }
    try {
      String key = request.parameter(deployment.surface().addressing()).orElseThrow();
      return accepted(deployment.publish(event(key, type, request.body())));
    } catch (DecodeException notJson) {
      return Refusal.problem(400, ",\"field\":\"value\"");
    }
  }

  private static TestEvent event(String key, String contentType, String body) {
    JsonObject json = new JsonObject(body);
    return contentType.contains("cloudevents")
        ? new TestEvent(key, json.getValue("data").toString(), Optional.of(json.getString("type")))
        : new TestEvent(key, body, Optional.empty());
  }

  Refusal accepted(int next) {
    String body = "{\"cursor\":\"" + cursor(next) + "\"}";
    return new Refusal("202 Accepted", Map.of("Content-Type", "application/json"), body);
  }

  /** Anything beside the surface. */
  Refusal elsewhere(String path) {
    return new Refusal("404 Not Found", Map.of(), "");
  }

  /**
   * @param open streams that are open, this one included
   */
  String firstFrame(int open) {
    return "retry: " + ThreadLocalRandom.current().nextInt(1_000, 5_001) + "\n: ready\n\n";
  }

  String heartbeat() {
    return ": hb " + System.currentTimeMillis() + "\n";
  }

  Optional<Refusal> refuse(TestRequest request, TestDeployment deployment) {
    Optional<String> token = token(request);
    if (token.isEmpty()) {
      return Refusal.unauthorized("Bearer");
    }
    if (!token.get().equals(TestDeployment.TOKEN)) {
      return Refusal.unauthorized("Bearer error=\"invalid_token\"");
    }
    return malformed(request, deployment.surface())
        .or(() -> foreign(request, deployment))
        .or(() -> over(request, deployment));
  }

  Optional<String> token(TestRequest request) {
    return request.header("authorization").map(value -> value.replace("Bearer ", ""));
  }

  Optional<Refusal> malformed(TestRequest request, Surface surface) {
    return Map.of(surface.checkedParameter(), "no:such:thing", "from", "xyz", "coalesce", "abc")
        .entrySet()
        .stream()
        .filter(
            wrong -> request.parameter(wrong.getKey()).filter(wrong.getValue()::equals).isPresent())
        .map(wrong -> Refusal.problem(400, ",\"parameter\":\"" + wrong.getKey() + "\""))
        .findFirst();
  }

  Optional<Refusal> foreign(TestRequest request, TestDeployment deployment) {
    return request
        .parameter(deployment.surface().narrowing())
        .filter(key -> !key.equals(deployment.key()))
        .map(key -> Refusal.problem(403, ""));
  }

  /** Who had the last event of the run they name. */
  Optional<Refusal> over(TestRequest request, TestDeployment deployment) {
    OptionalInt had = lastEventId(request).map(this::position).orElse(OptionalInt.empty());
    return request
        .parameter("runId")
        .filter(run -> had.isPresent() && deployment.isOver(run, had.getAsInt()))
        .map(run -> new Refusal("204 No Content", Map.of(), ""));
  }

  /** Where a stream without a cursor begins. */
  int begin(TestRequest request, List<TestEvent> log) {
    boolean live = request.parameter("from").filter("live"::equals).isPresent();
    return IntStream.range(0, log.size())
        .filter(at -> !live && log.get(at).isBeginOfRunInProgress(log))
        .findFirst()
        .orElse(log.size());
  }

  /** Whether it is of the run that the request names, if it names one. */
  boolean isOf(TestRequest request, TestEvent event) {
    return request.parameter("runId").filter(run -> !event.isOf(run)).isEmpty();
  }

  /** What is sent behind the last event of a run before its stream ends. */
  String end(String cursor) {
    return frame(
        cursor, new TestEvent("", "{\"reason\":\"run-finished\"}", Optional.of("stream.end")));
  }

  Optional<String> lastEventId(TestRequest request) {
    return Stream.concat(request.header("last-event-id").stream(), aliases(request))
        .filter(id -> !id.isEmpty())
        .findFirst();
  }

  Stream<String> aliases(TestRequest request) {
    return Stream.of("lastEventId", "last_event_id", "lastEventID")
        .flatMap(name -> request.parameter(name).stream());
  }

  /** The next offset after this cursor; empty when it can't be read. */
  OptionalInt position(String cursor) {
    return cursor.matches("1\\.test\\.\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(cursor.substring(EPOCH.length())))
        : OptionalInt.empty();
  }

  String cursor(int next) {
    return EPOCH + next;
  }

  String reset(String cursor, String unusable) {
    return frame(
        cursor,
        new TestEvent(
            "", "{\"reason\":\"unknown\",\"topic\":\"test\"}", Optional.of("stream.reset")));
  }

  String frame(String cursor, TestEvent event) {
    return "id: " + cursor + "\n" + eventLine(event) + data(event.json()) + "\n";
  }

  String eventLine(TestEvent event) {
    return event.type().map(name -> "event: " + name + "\n").orElse("");
  }

  String data(String json) {
    String compact =
        json.contains("\n") ? json.lines().map(String::strip).collect(Collectors.joining()) : json;
    return "data: " + compact + "\n";
  }

  boolean sees(String key, TestEvent event) {
    return event.key().equals(key);
  }

  /** What of the events that wait for a stream is sent now; the rest goes on waiting. */
  List<TestEvent> send(List<TestEvent> waiting, int stream) {
    return waiting;
  }
}
