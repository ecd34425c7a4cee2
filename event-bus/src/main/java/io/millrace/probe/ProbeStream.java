package io.millrace.probe;

import io.millrace.connection.Cut;
import io.millrace.probe.Sighting.Ending;
import io.millrace.telemetry.EventBusLog;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * One open response of the probe: writes each step of its schedule when its time has come, and
 * waits while the socket takes nothing. A timer at most, and one step a turn, so that other
 * connections have theirs. Event loop of the connection.
 */
final class ProbeStream {

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Schedule schedule;
  private final IntFunction<Buffer> steps;
  private final Ends ends;
  private final long startedNanos = System.nanoTime();
  private int next;
  private long timer = NO_TIMER;
  private boolean over;

  /**
   * When and how it ends.
   *
   * @param maxLate most by which a client that reads slowly may keep it behind its schedule
   * @param told of its end, once
   */
  record Ends(Duration maxLate, Consumer<Ending> told) {}

  /**
   * @param steps the bytes of each step, made right before they are written
   */
  ProbeStream(RoutingContext context, Schedule schedule, IntFunction<Buffer> steps, Ends ends) {
    this.vertx = context.vertx();
    this.request = context.request();
    this.response = context.response();
    this.schedule = schedule;
    this.steps = steps;
    this.ends = ends;
  }

  /** The head has left. */
  void start() {
    turn();
  }

  /** The client has left; after its end, does nothing. */
  void gone() {
    end(Ending.CLIENT);
  }

  private void turn() {
    timer = NO_TIMER;
    if (over) {
      return;
    }
    try {
      advance();
    } catch (RuntimeException fault) {
      EventBusLog.LOG.fenced("probe", fault);
      abort(Ending.FAULT);
    }
  }

  private void advance() {
    long early = due() - millis();
    if (early > 0) {
      timer = vertx.setTimer(early, due -> turn());
    } else if (-early >= ends.maxLate().toMillis()) {
      abort(Ending.SLOW);
    } else if (response.writeQueueFull()) {
      awaitRoom(ends.maxLate().toMillis() + early);
    } else if (next < schedule.steps()) {
      response.write(steps.apply(next++));
      vertx.runOnContext(after -> turn());
    } else {
      complete();
    }
  }

  private long due() {
    return next < schedule.steps() ? schedule.step().apply(next).atMillis() : schedule.endMillis();
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }

  private void awaitRoom(long patienceMillis) {
    timer = vertx.setTimer(patienceMillis, late -> turn());
    response.drainHandler(
        room -> {
          response.drainHandler(null);
          vertx.cancelTimer(timer);
          turn();
        });
  }

  private void complete() {
    end(Ending.COMPLETE);
    response
        .end()
        .onComplete(
            sent -> {
              // Without chunks only its close says that this was all.
              if (request.version() == HttpVersion.HTTP_1_0) {
                request.connection().close();
              }
            });
  }

  /** What waits for a client that reads nothing would wait as long as its connection. */
  private void abort(Ending how) {
    end(how);
    Cut.now(request);
  }

  private void end(Ending how) {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      ends.told().accept(how);
    }
  }
}
