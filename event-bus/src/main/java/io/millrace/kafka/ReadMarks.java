package io.millrace.kafka;

import io.millrace.event.Positions;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Places others want to know the tail to be past. Asked on any thread, answered by the poll thread.
 */
final class ReadMarks {

  private record Mark(Positions place, CompletableFuture<Positions> answer) {}

  private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();

  /** Completes with the end of the tail once everything before the place is in it. */
  CompletionStage<Positions> past(Positions place) {
    Mark mark = new Mark(place, new CompletableFuture<>());
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
      marks.removeIf(mark -> now.covers(mark.place()) && mark.answer().complete(now));
    }
  }
}
