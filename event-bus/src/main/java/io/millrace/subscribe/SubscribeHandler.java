package io.millrace.subscribe;

import io.millrace.admission.Admission;
import io.millrace.admission.Limit;
import io.millrace.admission.Place;
import io.millrace.config.MillraceConfig;
import io.millrace.connection.ClientGone;
import io.millrace.connection.CloseReason;
import io.millrace.connection.EventStream;
import io.millrace.connection.Lease;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.ResumePoint;
import io.millrace.fanout.Shard;
import io.millrace.fanout.Subscriber;
import io.millrace.fanout.Subscription;
import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A request becomes a subscriber, or is told why not: caller, then routes, then resume point, then
 * attached to the shard of its event loop, then the first bytes. Event loop of the connection.
 */
@Singleton
public final class SubscribeHandler implements Handler<RoutingContext> {

  private final Admission admission;
  private final Authentication authentication;
  private final ScopeResolver resolver;
  private final StreamGate gate;
  private final ResumePoints points;
  private final TailLog tail;
  private final Fanout fanout;
  private final LogEndCheck logEnd;
  private final RevocationCheck revoked;
  private final MillraceConfig config;
  private final Meters meters;
  private final InstantSource clock;
  private final Responses responses;
  private final Lease.Terms terms;

  SubscribeHandler(
      Admission admission,
      Authentication authentication,
      ScopeResolver resolver,
      StreamGate gate,
      ResumePoints points,
      TailLog tail,
      Fanout fanout,
      RevocationCheck revoked,
      MillraceConfig config,
      Meters meters,
      InstantSource clock) {
    this.admission = admission;
    this.authentication = authentication;
    this.resolver = resolver;
    this.gate = gate;
    this.points = points;
    this.tail = tail;
    this.fanout = fanout;
    this.logEnd = new LogEndCheck(gate);
    this.revoked = revoked;
    this.config = config;
    this.meters = meters;
    this.clock = clock;
    this.responses = new Responses(config);
    MillraceConfig.Connection connection = config.connection();
    this.terms = new Lease.Terms(connection.maxAge(), connection.idle(), connection.maxStall());
  }

  @Override
  public void handle(RoutingContext context) {
    Place place = admission.place();
    context.addEndHandler(end -> place.leave());
    Optional<String> address =
        Optional.ofNullable(context.request().remoteAddress()).map(SocketAddress::hostAddress);
    Optional<Limit> limit = place.enter(address);
    if (limit.isPresent()) {
      reject(context, Rejection.limited(limit.get()));
      return;
    }
    Context loop = ContextInternal.current();
    Uni.createFrom()
        .deferred(() -> authentication.caller(context))
        .onTermination()
        .invoke(place::authenticated)
        .emitOn(task -> loop.runOnContext(ignored -> task.run()))
        .subscribe()
        .with(caller -> answer(context, place, caller), failure -> failed(context, place, failure));
  }

  private void failed(RoutingContext context, Place place, Throwable failure) {
    if (!place.hasLeft()) {
      reject(context, Rejection.of(failure));
    }
  }

  private void answer(RoutingContext context, Place place, Optional<Caller> caller) {
    if (place.hasLeft()) {
      return;
    }
    try {
      Resolution resolution = resolve(context, caller);
      if (resolution instanceof Resolution.Granted granted) {
        answer(context, place, granted, caller.orElseThrow());
      } else {
        reject(context, (Rejection) resolution);
      }
    } catch (RuntimeException fault) {
      EventBusLog.LOG.fenced("subscribe", fault);
      meters.fenced("subscribe");
      context.fail(500);
    }
  }

  private void answer(
      RoutingContext context, Place place, Resolution.Granted granted, Caller caller) {
    ResumePoint point = points.of(context, granted);
    Optional<Rejection> over = over(granted, point);
    if (over.isPresent()) {
      reject(context, over.get());
      return;
    }
    Optional<Limit> limit = place.claim(caller.subject());
    if (limit.isPresent()) {
      reject(context, Rejection.limited(limit.get()));
    } else {
      open(context, place, points.subscription(granted), caller, point);
    }
  }

  private Optional<Rejection> over(Resolution.Granted granted, ResumePoint point) {
    if (revoked.isOver(granted.routes(), point)) {
      return Optional.of(Rejection.conversationEnded());
    }
    return points.isOver(granted, point) ? Optional.of(Rejection.runFinished()) : Optional.empty();
  }

  private Resolution resolve(RoutingContext context, Optional<Caller> caller) {
    if (caller.isEmpty()) {
      return Rejection.noToken();
    }
    if (!gate.isReady()) {
      return Rejection.warming();
    }
    Optional<Rejection> refusal = revoked.refusal(caller.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      Caller remaining = revoked.remaining(caller.get());
      Resolution resolution = resolver.resolve(remaining, new Query(context.queryParams()));
      return resolution instanceof Resolution.Granted granted
          ? points.narrowed(granted).map(this::limited).orElse(Rejection.noRun())
          : resolution;
    } catch (HttpException undecodable) {
      return Rejection.badRequest("query", "the query is not percent-encoded UTF-8");
    } catch (IllegalArgumentException claim) {
      return Rejection.forbidden("a claim of the token can't be used: " + claim.getMessage());
    }
  }

  private Resolution limited(Resolution.Granted granted) {
    int limit = config.identity().maxRoutes();
    return granted.routes().size() <= limit
        ? granted
        : Rejection.forbidden("the token names more than " + limit + " scopes; name fewer");
  }

  private void reject(RoutingContext context, Rejection rejection) {
    meters.rejected(rejection.reason());
    responses.reject(context, rejection, profile(context));
  }

  private Profile profile(RoutingContext context) {
    try {
      return resolver.profile(new Query(context.queryParams()));
    } catch (HttpException undecodable) {
      return NativeProfile.INSTANCE;
    }
  }

  private void open(
      RoutingContext context,
      Place place,
      Subscription subscription,
      Caller caller,
      ResumePoint point) {
    EventStream stream = EventStream.of(context);
    double random = ThreadLocalRandom.current().nextDouble();
    Instant now = clock.instant();
    Lease lease = Lease.of(now, terms, caller.expiresAt(), random);
    Subscriber subscriber = new Subscriber(subscription, stream, lease, caller.credential(), now);
    EventLoop loop = ContextInternal.current().nettyEventLoop();
    Shard shard = fanout.shard(loop);
    context.addEndHandler(end -> shard.detach(subscriber));
    // Before the first bytes: what is published once a client has seen them must reach it.
    shard.attach(subscriber, point);
    responses.open(context, subscription.profile());
    forget(context);
    ClientGone.then(
        context.request(),
        () -> {
          shard.detach(subscriber);
          place.leave();
        });
    place.opened(() -> loop.execute(() -> shard.close(subscriber, CloseReason.REPLACED)));
    if (point instanceof ResumePoint.After after
        && !tail.positionsAt(tail.end()).covers(after.cursor())) {
      logEnd.confirm(shard, subscriber, after.cursor(), loop);
    }
  }

  /**
   * Drops what nobody asks for again: token, claims, headers, those of the response too, which have
   * left. It would be held for the hours a stream lasts, and was more than half of its heap.
   */
  @SuppressWarnings("deprecation") // What replaces clearUser() would end a login session.
  private static void forget(RoutingContext context) {
    context.clearUser();
    context.data().clear();
    context.request().headers().clear();
    context.response().headers().clear();
  }
}
