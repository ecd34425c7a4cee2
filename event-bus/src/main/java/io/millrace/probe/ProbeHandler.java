package io.millrace.probe;

import io.millrace.config.MillraceConfig;
import io.millrace.connection.ClientGone;
import io.millrace.probe.Sighting.Ending;
import io.millrace.sse.Frame;
import io.millrace.subscribe.Caller;
import io.millrace.subscribe.Query;
import io.millrace.subscribe.Rejection;
import io.millrace.subscribe.Responses;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A request becomes a stream of the probe, or its report, or is told why not, as one for a stream
 * of the surface would be. Event loop of the connection.
 */
@Singleton
public final class ProbeHandler implements Handler<RoutingContext> {

  /** When to try again where there are too many: the short phases are over by then. */
  private static final String RETRY_AFTER_SECONDS = "5";

  private static final int TOO_MANY = 429;

  private static final AttributeKey<Integer> REQUESTS =
      AttributeKey.valueOf(ProbeHandler.class, "requests");

  private final ProbeAdmission admission;
  private final ProbePlaces places;
  private final Runs runs = new Runs(System::nanoTime);
  private final MillraceConfig config;
  private final Responses responses;
  private final Meters meters;
  private final InstantSource clock;

  ProbeHandler(
      ProbeAdmission admission, MillraceConfig config, Meters meters, InstantSource clock) {
    this.admission = admission;
    this.places = new ProbePlaces(config.probe());
    this.config = config;
    this.responses = new Responses(config);
    this.meters = meters;
    this.clock = clock;
    meters.gauge("millrace.probes", "Requests of the probe", places::taken);
  }

  /**
   * A request as it came.
   *
   * @param onConnection how many of the probe its connection has brought, with it
   */
  private record Arrival(long nanos, Seen seen, int onConnection, ProbePlaces.Place place) {}

  @Override
  public void handle(RoutingContext context) {
    if (!config.probe().enabled()) {
      context.next();
      return;
    }
    HttpServerRequest request = context.request();
    ProbePlaces.Place place = places.place();
    Arrival arrival =
        new Arrival(System.nanoTime(), Seen.of(request), onConnection(request), place);
    context.addEndHandler(end -> place.leave());
    Optional<Rejection> full = place.enter();
    if (full.isPresent()) {
      reject(context, full.get());
      return;
    }
    Context loop = ContextInternal.current();
    admission
        .caller(context)
        .emitOn(task -> loop.runOnContext(ignored -> task.run()))
        .invoke(caller -> answer(context, arrival, caller))
        .subscribe()
        .with(answered -> {}, failure -> failed(context, place, failure));
  }

  private static int onConnection(HttpServerRequest request) {
    if (!(request.connection() instanceof ConnectionBase connection)) {
      return 1;
    }
    Attribute<Integer> count = connection.channel().attr(REQUESTS);
    int requests = Optional.ofNullable(count.get()).orElse(0) + 1;
    count.set(requests);
    return requests;
  }

  private void failed(RoutingContext context, ProbePlaces.Place place, Throwable failure) {
    if (failure instanceof RejectedException rejected) {
      if (!place.hasLeft()) {
        reject(context, rejected.rejection());
      }
    } else {
      EventBusLog.LOG.fenced("probe", failure);
      meters.fenced("probe");
      context.fail(500);
    }
  }

  private void reject(RoutingContext context, Rejection rejection) {
    meters.rejected(rejection.reason());
    if (rejection instanceof Rejection.Refused refused && refused.problem().status() == TOO_MANY) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    responses.reject(context, rejection);
  }

  private void answer(RoutingContext context, Arrival arrival, Caller caller) {
    if (arrival.place().hasLeft()) {
      return;
    }
    ProbeRequest request = ProbeRequest.of(query(context));
    if (request.phase() == Phase.REPORT) {
      report(context, runs.report(caller.subject(), request.run()));
      return;
    }
    arrival
        .place()
        .claim(caller.subject())
        .ifPresent(
            full -> {
              throw new RejectedException(full);
            });
    open(context, arrival, request, caller.subject());
  }

  private static Query query(RoutingContext context) {
    try {
      return new Query(context.queryParams());
    } catch (HttpException undecodable) {
      throw new RejectedException(
          Rejection.badRequest("query", "the query is not percent-encoded UTF-8"));
    }
  }

  private static void report(RoutingContext context, JsonObject report) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(report.encode());
  }

  private void open(RoutingContext context, Arrival arrival, ProbeRequest request, String subject) {
    Runs.Opened opened = runs.opened(subject, request, arrival.nanos());
    JsonObject seen =
        arrival
            .seen()
            .toJson(request.run())
            .put("requestsOnConnection", arrival.onConnection())
            .put("requestsOfRun", opened.requestsOfRun());
    Schedule schedule = Schedule.of(request);
    ProbeStream stream =
        new ProbeStream(
            context,
            schedule,
            steps(schedule, opened.sighting(), seen),
            new ProbeStream.Ends(
                config.probe().maxLate(), how -> ended(subject, opened.sighting(), how)));
    context.addEndHandler(end -> stream.gone());
    if (context.request().version() == HttpVersion.HTTP_1_0) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    responses.openSilently(context);
    Runnable forget =
        ClientGone.then(
            context.request(),
            () -> {
              stream.gone();
              arrival.place().leave();
            });
    // Many may follow one another on one connection.
    context.addEndHandler(end -> forget.run());
    stream.start();
  }

  private void ended(String subject, Sighting sighting, Ending how) {
    runs.ended(subject, sighting, how);
    meters.probeEnded(how.text());
    if (how == Ending.FAULT) {
      meters.fenced("probe");
    }
  }

  private IntFunction<Buffer> steps(Schedule schedule, Sighting sighting, JsonObject seen) {
    return number -> {
      Schedule.Step step = schedule.step().apply(number);
      if (step.isHeartbeat()) {
        return Buffer.buffer(Frame.heartbeat(clock.instant()).toString());
      }
      JsonObject content = sighting.nextEvent(runs.replica(), System.nanoTime());
      return ProbeEvent.frame(number == 0 ? content.put("seen", seen) : content, step.eventBytes());
    };
  }
}
