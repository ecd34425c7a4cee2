package io.millrace.kafka.topic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks out for what a consumer does not say: partitions that were added, a topic that was deleted
 * and created anew. Asks every few seconds and never waits for the answer. Poll thread.
 */
public final class TopicWatch {

  /** New partitions are to be found within 10 s; an answer takes milliseconds. */
  private static final Duration INTERVAL = Duration.ofSeconds(4);

  private final TopicAdmin admin;
  private final InstantSource clock;
  private Optional<CompletableFuture<TopicIdentity>> question = Optional.empty();
  private Instant askAt;

  public TopicWatch(TopicAdmin admin, InstantSource clock) {
    this.admin = admin;
    this.clock = clock;
    this.askAt = clock.instant().plus(INTERVAL);
  }

  /**
   * What the topic is, or why that is not known, when an answer has come since the last call. A
   * failed one is asked again.
   */
  public Optional<CompletableFuture<TopicIdentity>> answer() {
    Optional<CompletableFuture<TopicIdentity>> answer = question.filter(CompletableFuture::isDone);
    if (answer.isPresent()) {
      question = Optional.empty();
    }
    if (question.isEmpty() && !clock.instant().isBefore(askAt)) {
      question = Optional.of(admin.identity().toCompletableFuture());
      askAt = clock.instant().plus(INTERVAL);
    }
    return answer;
  }
}
