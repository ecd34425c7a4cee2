package io.millrace.kafka;

import io.millrace.event.Positions;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Places others want to know the tail to be past. Asked on any thread, answered by the poll thread.
 */
final class ReadMarks {

  /** Who asks waits this long: the topic may have been made anew, with lower offsets. */
  private static final int TIMEOUT_SECONDS = 10;

  private record Mark(Positions place, CompletableFuture<Positions> answer) {}

  private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();

  /** Completes with the end of the tail once everything before the place is in it, or fails. */
  CompletionStage<Positions> past(Positions place) {
    CompletableFuture<Positions> answer = new CompletableFuture<>();
    Mark mark = new Mark(place, answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    marks.add(mark);
    return mark.answer();
  }

  /**
   * Poll thread, after what was polled is in the tail.
   *
   * @param reached where the tail ends
   */
  void answer(Supplier<Positions> reached) {
    if (!marks.isEmpty()) {
      Positions now = reached.get();
      marks.stream()
          .filter(mark -> now.covers(mark.place()))
          .forEach(mark -> mark.answer().complete(now));
      marks.removeIf(mark -> mark.answer().isDone());
    }
  }
}
