package io.millrace.publish;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Takes in the body of a request, as far as it keeps to a size and a time. Its event loop. */
final class Body {

  private final Buffer bytes = Buffer.buffer();
  private final HttpServerRequest request;
  private final long limit;
  private final UniEmitter<? super byte[]> emitter;

  private Body(HttpServerRequest request, long limit, UniEmitter<? super byte[]> emitter) {
    this.request = request;
    this.limit = limit;
    this.emitter = emitter;
  }

  /** The body of a request that was paused; fails with a {@link RefusedException}. */
  static Uni<byte[]> of(HttpServerRequest request, long limit, Duration timeout, Vertx vertx) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Body body = new Body(request, limit, emitter);
              long timer = vertx.setTimer(timeout.toMillis(), late -> body.fail(Refusal.tooSlow()));
              emitter.onTermination(() -> vertx.cancelTimer(timer));
              body.read(timer, vertx);
            });
  }

  static Refusal tooLarge(long limit) {
    return Refusal.tooLarge("a body must not have more than " + limit + " bytes");
  }

  private void read(long timer, Vertx vertx) {
    request
        .handler(this::take)
        .exceptionHandler(gone -> fail(Refusal.tooSlow()))
        .endHandler(
            end -> {
              vertx.cancelTimer(timer);
              emitter.complete(bytes.getBytes());
            });
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void take(Buffer more) {
    if (bytes.length() + more.length() <= limit) {
      bytes.appendBuffer(more);
    } else {
      fail(tooLarge(limit));
    }
  }

  private void fail(Refusal refusal) {
    // What is still to come is thrown away.
    request.handler(rest -> {});
    emitter.fail(new RefusedException(refusal));
  }
}
