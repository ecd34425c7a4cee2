package io.millrace.kafka.topic;

import io.millrace.config.MillraceConfig;
import io.millrace.event.Positions;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;

/** Questions to the broker about the topic, asked without waiting. Any thread. */
@Singleton
public final class TopicAdmin implements AutoCloseable {

  /** A broker that does not answer in this time counts as away; the question is asked again. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Map<String, Object> kafka;
  private final String topic;

  /** Made when first needed: it can't be made while the broker's name does not resolve. */
  private @Nullable Admin admin;

  /** Subscribers who ask for the log's end at the same time share one answer. */
  private final AtomicReference<CompletableFuture<Positions>> asked =
      new AtomicReference<>(CompletableFuture.completedFuture(Positions.NONE));

  /**
   * @param kafka ordinary Kafka client configuration
   */
  @Inject
  public TopicAdmin(
      MillraceConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this(config.topic().name(), kafka);
  }

  /** Asks about another topic than the one that is streamed. */
  public TopicAdmin(String topic, Map<String, Object> kafka) {
    this.kafka = new HashMap<>(kafka);
    this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
    this.topic = topic;
  }

  /** Which topic this is now; fails when it does not exist or the broker does not answer. */
  public CompletionStage<TopicIdentity> identity() {
    try {
      Admin asked = admin();
      return identity(asked)
          .whenComplete(
              (identity, failure) -> {
                if (isRefused(failure)) {
                  forget(asked);
                }
              });
    } catch (KafkaException unresolvable) {
      return CompletableFuture.failedStage(unresolvable);
    }
  }

  private CompletionStage<TopicIdentity> identity(Admin admin) {
    CompletionStage<String> clusterId = admin.describeCluster().clusterId().toCompletionStage();
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .toCompletionStage()
        .thenApply(described -> Objects.requireNonNull(described.get(topic)))
        .thenCombine(
            clusterId,
            (described, cluster) ->
                new TopicIdentity(
                    topic, cluster, described.topicId(), described.partitions().size()));
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(kafka);
    }
    return admin;
  }

  private static boolean isRefused(@Nullable Throwable failure) {
    return failure instanceof AuthenticationException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof AuthenticationException);
  }

  /**
   * A client that was refused goes on trying by itself, dozens of times a second, and with the
   * certificates it read when it was made: they may have been replaced since.
   */
  private synchronized void forget(Admin refused) {
    if (admin == refused) {
      admin = null;
    }
    refused.close(Duration.ZERO);
  }

  /** Where the log ends, as of an answer given after this question. */
  public CompletionStage<Positions> logEnd() {
    CompletableFuture<Positions> question = new CompletableFuture<>();
    CompletableFuture<Positions> pending =
        asked.updateAndGet(earlier -> earlier.isDone() ? question : earlier);
    if (pending == question) {
      identity()
          .thenCompose(identity -> latest(identity.partitions()))
          .whenComplete(
              (positions, failure) -> {
                if (failure == null) {
                  question.complete(positions);
                } else {
                  question.completeExceptionally(failure);
                }
              });
    }
    return pending;
  }

  private CompletionStage<Positions> latest(int partitions) {
    Map<TopicPartition, OffsetSpec> each =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartition(topic, p))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return admin().listOffsets(each).all().toCompletionStage().thenApply(TopicAdmin::positions);
  }

  private static Positions positions(Map<TopicPartition, ListOffsetsResultInfo> ends) {
    long[] next = new long[ends.size()];
    ends.forEach((partition, end) -> next[partition.partition()] = end.offset());
    return Positions.of(next);
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
