package io.millrace.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Under which leader each partition was last read. An offset alone does not say that the log before
 * it is still the same: a leader that was elected without having all records fills their offsets
 * with others. It outlives consumers, as the tail does. Poll thread.
 */
final class LeaderEpochs {

  private final Map<Integer, Integer> epochs = new HashMap<>();

  void note(Map<TopicPartition, OffsetAndMetadata> next) {
    next.forEach(
        (partition, place) ->
            place.leaderEpoch().ifPresent(epoch -> epochs.put(partition.partition(), epoch)));
  }

  /** This offset, with what lets the broker tell whether its log still leads there. */
  OffsetAndMetadata place(int partition, long offset) {
    return new OffsetAndMetadata(offset, Optional.ofNullable(epochs.get(partition)), "");
  }

  void forget() {
    epochs.clear();
  }
}
