package io.millrace.subscribe;

import io.millrace.config.MillraceConfig;
import io.millrace.connection.Retry;
import io.millrace.sse.Frame;
import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** The answers of a surface, header by header (wire.md §5). Event loop of the connection. */
public final class Responses {

  private static final String EVENT_STREAM = "text/event-stream;charset=utf-8";

  /** Told to caches, and to the proxies that heed it, not to compress. */
  private static final String NEVER_STORED = "no-cache, no-store, no-transform";

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private static final Problem OVERLOADED =
      new Problem(
          UNAVAILABLE, "Service Unavailable", "this replica takes no more", Optional.empty());

  private static final String HEARTBEAT = "Millrace-Heartbeat";

  private final Duration heartbeat;
  private final int writeQueueBytes;
  private final int overloadStatus;

  public Responses(MillraceConfig config) {
    this.heartbeat = config.heartbeat();
    this.writeQueueBytes = (int) config.connection().writeQueue().asLongValue();
    this.overloadStatus = config.limits().overloadResponse();
    if (overloadStatus != OK && overloadStatus != UNAVAILABLE) {
      throw new IllegalArgumentException(
          "millrace.limits.overload-response must be 200 or 503, not " + overloadStatus);
    }
  }

  /** Opens the stream: headers and first frame leave at once, before any event. */
  void open(RoutingContext context, Profile profile) {
    profile.headers().forEach(context.response()::putHeader);
    open(context, Buffer.buffer(Frame.ready(Retry.SOON.next()).toString()));
  }

  /** As a stream, but its headers leave alone. */
  public void openSilently(RoutingContext context) {
    open(context, Buffer.buffer());
  }

  private void open(RoutingContext context, Buffer first) {
    HttpServerResponse response = head(context);
    response.setChunked(true).setWriteQueueMaxSize(writeQueueBytes);
    response.write(first);
  }

  /** Instead of a stream, for any client. */
  public void reject(RoutingContext context, Rejection rejection) {
    reject(context, rejection, NativeProfile.INSTANCE);
  }

  /** Instead of a stream of this profile. */
  void reject(RoutingContext context, Rejection rejection, Profile profile) {
    if (rejection instanceof Rejection.Refused refused) {
      refuse(context.response(), refused);
    } else if (rejection instanceof Rejection.Over) {
      context.response().setStatusCode(204).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
    } else {
      busy(context, Retry.LATER.next(), profile.hasControlEvents() ? overloadStatus : UNAVAILABLE);
    }
  }

  /** Whoever is to wait for so long need not hold a connection meanwhile. */
  private void busy(RoutingContext context, Duration after, int status) {
    boolean shared = context.request().version() == HttpVersion.HTTP_2;
    if (!shared) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    answer(context, after, status)
        .onComplete(
            sent -> {
              if (!shared) {
                context.request().connection().close();
              }
            });
  }

  private Future<Void> answer(RoutingContext context, Duration after, int status) {
    if (status == OK) {
      return head(context).end(Frame.busy(after).toString());
    }
    long seconds = after.plusMillis(999).toSeconds();
    context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return problem(context.response(), OVERLOADED);
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
    problem(response, refused.problem());
  }

  private static Future<Void> problem(HttpServerResponse response, Problem problem) {
    return response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(problem.toJson());
  }
}
