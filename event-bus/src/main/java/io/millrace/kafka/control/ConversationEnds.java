package io.millrace.kafka.control;

import io.millrace.control.Revocations;
import io.millrace.kafka.TopicTail;
import io.millrace.kafka.topic.TopicAdmin;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out where the events of an ended conversation end: nowhere behind the end of the log, asked
 * after it was said that it ended. No stream may end before it was given all of them, however far
 * the two topics are apart. Control thread.
 */
@Singleton
public final class ConversationEnds {

  private final TopicAdmin admin;
  private final TopicTail tail;
  private final Revocations revocations;
  private CompletableFuture<?> pending = CompletableFuture.completedFuture(null);

  ConversationEnds(TopicAdmin admin, TopicTail tail, Revocations revocations) {
    this.admin = admin;
    this.tail = tail;
    this.revocations = revocations;
  }

  /** Asks, without waiting, if something is not known; a question that fails is asked again. */
  void find() {
    List<String> open = pending.isDone() ? revocations.openEnds() : List.of();
    if (!open.isEmpty()) {
      pending =
          admin
              .logEnd()
              .thenCompose(tail::readPast)
              .thenAccept(end -> revocations.endAt(open, end))
              .toCompletableFuture();
    }
  }
}
