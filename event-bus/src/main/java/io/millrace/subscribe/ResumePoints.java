package io.millrace.subscribe;

import io.millrace.event.Cursor;
import io.millrace.event.Route;
import io.millrace.fanout.ResumePoint;
import io.millrace.fanout.Subscription;
import io.millrace.run.Run;
import io.millrace.run.RunIndex;
import io.millrace.sse.LastEventId;
import io.millrace.sse.ResetReason;
import io.millrace.subscribe.Resolution.From;
import io.millrace.subscribe.Resolution.Granted;
import io.millrace.tail.TailLog;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request begins: behind its cursor, with the run in progress, or with the next event; and
 * whether the run it names is over already. Event loop of the connection.
 */
@Singleton
final class ResumePoints {

  private final TailLog tail;
  private final RunIndex runs;

  ResumePoints(TailLog tail, RunIndex runs) {
    this.tail = tail;
    this.runs = runs;
  }

  ResumePoint of(RoutingContext context, Granted granted) {
    List<String> aliases =
        LastEventId.QUERY_ALIASES.stream()
            .flatMap(name -> context.queryParam(name).stream())
            .toList();
    String header = context.request().getHeader(LastEventId.HEADER);
    return LastEventId.of(Optional.ofNullable(header), aliases)
        .map(this::after)
        .orElseGet(() -> begin(granted));
  }

  private ResumePoint after(String lastEventId) {
    return Cursor.parse(lastEventId)
        .filter(cursor -> cursor.epoch().equals(tail.epoch()))
        .<ResumePoint>map(cursor -> new ResumePoint.After(cursor.positions()))
        .orElse(new ResumePoint.Reset(ResetReason.UNKNOWN));
  }

  private ResumePoint begin(Granted granted) {
    if (granted.from() == From.LIVE) {
      return ResumePoint.Live.INSTANCE;
    }
    Map<Integer, Long> begins = new HashMap<>();
    boolean unknown = false;
    for (Route route : granted.routes()) {
      for (Run run : runs(route)) {
        unknown |= !run.isBeginKnown();
        if (run.isBeginKnown()) {
          begins.merge(run.partition(), run.begin(), Math::min);
        }
      }
      unknown |=
          route instanceof Route.Conversation conversation
              && runs.hasUnknownBegin(conversation.id());
    }
    if (unknown && granted.from() == From.RUN) {
      return new ResumePoint.Reset(ResetReason.EXPIRED);
    }
    return begins.isEmpty() ? ResumePoint.Live.INSTANCE : new ResumePoint.Begin(begins);
  }

  /** The run that is named, ended or not; of a conversation those in progress. */
  private List<Run> runs(Route route) {
    if (route instanceof Route.Run run) {
      return runs.find(run).stream().toList();
    }
    return route instanceof Route.Conversation conversation
        ? runs.inProgress(conversation.id())
        : List.of();
  }

  /** Whether the run that is named has ended, and the client was given all of it. */
  boolean isOver(Granted granted, ResumePoint point) {
    return ended(granted.routes())
        .filter(
            run ->
                point instanceof ResumePoint.Live
                    || (point instanceof ResumePoint.After after && run.isOverAt(after.cursor())))
        .isPresent();
  }

  Subscription subscription(Granted granted) {
    Set<Route> routes = Set.copyOf(granted.routes());
    boolean named = routes.stream().anyMatch(Route.Run.class::isInstance);
    return new Subscription(
        routes,
        granted.coalesceMillis(),
        named ? () -> ended(granted.routes()).isPresent() : Subscription.NEVER,
        granted.profile());
  }

  /**
   * The same; of a conversation its run in progress alone, where the stream is to be one run. Empty
   * where it has none that can be given from its beginning.
   */
  Optional<Granted> narrowed(Granted granted) {
    if (!granted.profile().isOfOneRun()
        || granted.routes().stream().anyMatch(Route.Run.class::isInstance)) {
      return Optional.of(granted);
    }
    return granted.routes().stream()
        .flatMap(route -> latest(runs(route)).stream())
        .findFirst()
        .map(granted::of);
  }

  /** The one that began last of those that are in no other. */
  private static Optional<Route.Run> latest(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.isBeginKnown() && run.parent().isEmpty())
        .map(Run::route)
        .reduce((earlier, later) -> later);
  }

  private Optional<Run> ended(Set<? extends Route> routes) {
    return routes.stream()
        .filter(Route.Run.class::isInstance)
        .flatMap(route -> runs.find((Route.Run) route).stream())
        .filter(run -> !run.isInProgress())
        .findFirst();
  }
}
