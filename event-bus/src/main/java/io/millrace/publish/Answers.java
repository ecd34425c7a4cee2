package io.millrace.publish;

import io.millrace.subscribe.Problem;
import io.millrace.telemetry.Meters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The answers to who publishes, header by header (wire.md §5). Event loop of the connection. */
final class Answers {

  /** When to try again what the broker did not acknowledge: a leader is elected by then. */
  private static final int RETRY_AFTER_SECONDS = 5;

  /** How long a client has to read its answer before a connection with an unread body goes. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final long maxBodyBytes;
  private final Meters meters;

  Answers(long maxBodyBytes, Meters meters) {
    this.maxBodyBytes = maxBodyBytes;
    this.meters = meters;
  }

  /**
   * What became of the events of a request.
   *
   * @param cursors of each event; empty for one the broker did not acknowledge
   */
  record Accepted(ContentMode mode, List<Optional<String>> cursors) {}

  void send(RoutingContext context, Accepted accepted) {
    long lost = accepted.cursors().stream().filter(Optional::isEmpty).count();
    JsonArray cursors = new JsonArray();
    accepted.cursors().forEach(cursor -> cursors.add(cursor.orElse(null)));
    boolean isBatch = accepted.mode() == ContentMode.BATCH;
    if (lost == 0) {
      JsonObject body =
          isBatch
              ? new JsonObject().put("cursors", cursors)
              : new JsonObject().put("cursor", cursors.getString(0));
      end(context, 202, "application/json", body);
      return;
    }
    Refusal refusal =
        Refusal.unavailable(
            "unavailable",
            RETRY_AFTER_SECONDS,
            "the broker did not acknowledge " + lost + " of " + cursors.size() + " events in time");
    JsonObject body = refusal.toJson();
    if (isBatch) {
      body.put("cursors", cursors).put("failures", failures(accepted.cursors()));
    }
    refuse(context, refusal, body);
  }

  private static JsonArray failures(List<Optional<String>> cursors) {
    JsonArray failures = new JsonArray();
    IntStream.range(0, cursors.size())
        .filter(i -> cursors.get(i).isEmpty())
        .forEach(i -> failures.add(new JsonObject().put("index", i)));
    return failures;
  }

  void refuse(RoutingContext context, Refusal refusal) {
    refuse(context, refusal, refusal.toJson());
  }

  private void refuse(RoutingContext context, Refusal refusal, JsonObject body) {
    meters.publishRejected(refusal.reason());
    refusal.header().ifPresent(h -> context.response().putHeader(h.name(), h.value()));
    end(context, refusal.problem().status(), Problem.MEDIA_TYPE, body);
  }

  private void end(RoutingContext context, int status, String type, JsonObject body) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    boolean last = !isShortlyRead(request) && request.version() != HttpVersion.HTTP_2;
    if (last) {
      // The rest of the body is not waited for, so no other request can follow it.
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.encode());
    if (!request.isEnded()) {
      request.handler(rest -> {}).resume();
    }
    if (last) {
      context.vertx().setTimer(LINGER.toMillis(), late -> request.connection().close());
    }
  }

  /** Whether what is left of the body, if anything, is little, and on its way. */
  private boolean isShortlyRead(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean isSmall = length != null && Long.parseLong(length) <= maxBodyBytes;
    return request.isEnded() || (isSmall && request.getHeader(HttpHeaders.EXPECT) == null);
  }
}
