package io.millrace.publish;

import io.millrace.config.MillraceConfig;
import io.millrace.kafka.publish.EventPublisher;
import io.millrace.kafka.publish.InFlight;
import io.millrace.kafka.publish.OutgoingEvent;
import io.millrace.subscribe.Query;
import io.millrace.subscribe.StreamGate;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.millrace.telemetry.Traces;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A POST becomes events in the topic, or is told why not: caller, then what the head says, then the
 * body, then Kafka. Nothing of a body is read, or held, for a request that can be refused without
 * it. Event loop of the connection; bodies are looked at on a worker.
 */
@Singleton
public final class PublishHandler implements Handler<RoutingContext> {

  private final PublisherAdmission admission;
  private final StreamGate gate;
  private final RequestReader reader;
  private final Publication publication;
  private final InFlight inFlight;
  private final MillraceConfig config;
  private final Answers answers;
  private final Meters meters;

  PublishHandler(
      PublisherAdmission admission,
      StreamGate gate,
      RequestReader reader,
      Publication publication,
      EventPublisher publisher,
      MillraceConfig config,
      Meters meters) {
    this.admission = admission;
    this.gate = gate;
    this.reader = reader;
    this.publication = publication;
    this.inFlight = publisher.inFlight();
    this.config = config;
    this.answers = new Answers(config.publish().maxBodySize().asLongValue(), meters);
    this.meters = meters;
  }

  @Override
  public void handle(RoutingContext context) {
    if (!config.publish().enabled()) {
      context.next();
      return;
    }
    HttpServerRequest request = context.request();
    request.pause();
    Context loop = ContextInternal.current();
    admission
        .check(context)
        .emitOn(task -> loop.runOnContext(ignored -> task.run()))
        .chain(() -> admitted(context))
        .emitOn(task -> loop.runOnContext(ignored -> task.run()))
        .subscribe()
        .with(answer -> answers.send(context, answer), failure -> failed(context, failure));
  }

  private void failed(RoutingContext context, Throwable failure) {
    if (failure instanceof RefusedException refused) {
      answers.refuse(context, refused.refusal());
    } else {
      EventBusLog.LOG.fenced("publish", failure);
      meters.fenced("publish");
      context.fail(500);
    }
  }

  private Uni<Answers.Accepted> admitted(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!gate.isReady()) {
      return refused(Refusal.unavailable("warming", 5, "this replica is not ready yet"));
    }
    RequestReader.Parts parts = parts(context);
    long limit = config.publish().maxBodySize().asLongValue();
    long size = size(request, limit);
    if (size > limit) {
      return refused(Body.tooLarge(limit));
    }
    if (!inFlight.take(size)) {
      return refused(Refusal.unavailable("busy", 1, "too much is being published at once"));
    }
    return Body.of(request, limit, config.publish().timeout(), context.vertx())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(body -> reader.read(parts, body))
        .onFailure()
        .invoke(() -> inFlight.give(size))
        .chain(events -> write(parts.mode(), events, size));
  }

  private static <T> Uni<T> refused(Refusal refusal) {
    return Uni.createFrom().failure(new RefusedException(refusal));
  }

  private RequestReader.Parts parts(RoutingContext context) {
    MultiMap headers = context.request().headers();
    ContentMode mode = ContentMode.of(headers, config.topic().payload());
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(ContentMode.ATTRIBUTE_PREFIX)) {
        attributes.put(
            lower.substring(ContentMode.ATTRIBUTE_PREFIX.length()), headers.getAll(name));
      }
    }
    Query query = new Query(context.queryParams());
    return new RequestReader.Parts(
        mode, ContentMode.contentType(headers), attributes, query, traceparent(headers));
  }

  private static String traceparent(MultiMap headers) {
    return Optional.ofNullable(headers.get("traceparent")).filter(Traces::isTraceparent).orElse("");
  }

  /** What the body may take: as much as it says, or as much as it may. */
  private static long size(HttpServerRequest request, long limit) {
    return Optional.ofNullable(request.getHeader("Content-Length"))
        .map(Long::parseLong)
        .orElse(limit);
  }

  /** What the request took is held until Kafka's client holds nothing of it any more. */
  private Uni<Answers.Accepted> write(ContentMode mode, List<OutgoingEvent> events, long size) {
    Publication.Writing writing = publication.start(events);
    writing.done().whenComplete((all, never) -> inFlight.give(size));
    return writing.cursors().map(cursors -> new Answers.Accepted(mode, cursors));
  }
}
