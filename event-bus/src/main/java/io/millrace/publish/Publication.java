package io.millrace.publish;

import io.millrace.config.MillraceConfig;
import io.millrace.event.Positions;
import io.millrace.kafka.publish.EventPublisher;
import io.millrace.kafka.publish.OutgoingEvent;
import io.millrace.kafka.publish.Place;
import io.millrace.tail.TailLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes the events of one request and makes a cursor for each. The cursor of an event is where
 * this replica's tail was before the request, moved past the event and those before it in the
 * request: who resumes from it hears every later one, and may hear again what others published
 * shortly before. Any thread.
 */
@Singleton
final class Publication {

  private final EventPublisher publisher;
  private final TailLog tail;
  private final Duration timeout;

  Publication(EventPublisher publisher, TailLog tail, MillraceConfig config) {
    this.publisher = publisher;
    this.tail = tail;
    this.timeout = config.publish().timeout();
  }

  /**
   * Events on their way.
   *
   * @param cursors of each event, after a bounded time; empty for one that was not acknowledged
   * @param done when each was acknowledged or given up
   */
  record Writing(Uni<List<Optional<String>>> cursors, CompletionStage<Void> done) {}

  Writing start(List<OutgoingEvent> events) {
    Positions before = tail.positionsAt(tail.end());
    List<CompletableFuture<Optional<Place>>> places = events.stream().map(this::publish).toList();
    CompletableFuture<Void> done =
        CompletableFuture.allOf(places.toArray(new CompletableFuture<?>[0]));
    Uni<List<Optional<String>>> cursors =
        Uni.createFrom()
            .completionStage(done)
            .replaceWith(true)
            .ifNoItem()
            .after(timeout)
            .recoverWithItem(false)
            .map(all -> cursors(before, places.stream().map(Publication::sofar).toList()));
    return new Writing(cursors, done);
  }

  private CompletableFuture<Optional<Place>> publish(OutgoingEvent event) {
    return publisher
        .publish(event)
        .map(Optional::of)
        .onFailure()
        .recoverWithItem(Optional.empty())
        .subscribeAsCompletionStage();
  }

  private static Optional<Place> sofar(CompletableFuture<Optional<Place>> place) {
    return place.getNow(Optional.empty());
  }

  private List<Optional<String>> cursors(Positions before, List<Optional<Place>> places) {
    List<Optional<String>> cursors = new ArrayList<>();
    Positions reached = before;
    for (Optional<Place> place : places) {
      if (place.isPresent()) {
        long[] next = reached.copy(place.get().partition() + 1);
        next[place.get().partition()] =
            Math.max(next[place.get().partition()], place.get().offset() + 1);
        reached = Positions.of(next);
      }
      Positions after = reached;
      cursors.add(place.map(written -> tail.id(after)));
    }
    return cursors;
  }
}
