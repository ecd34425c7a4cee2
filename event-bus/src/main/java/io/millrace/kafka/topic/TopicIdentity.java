package io.millrace.kafka.topic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.apache.kafka.common.Uuid;

/**
 * What makes a topic this topic, and not another of the same name.
 *
 * @param topic its name
 * @param clusterId id of the Kafka cluster
 * @param topicId id Kafka gave the topic when it was created
 * @param partitions number of partitions
 */
public record TopicIdentity(String topic, String clusterId, Uuid topicId, int partitions) {

  /** 36 bits: enough to tell apart the topics one client may ever meet. */
  private static final int EPOCH_CHARACTERS = 6;

  /** The short hash cursors carry. */
  public String epoch() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((clusterId + "/" + topicId).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(hash).substring(0, EPOCH_CHARACTERS);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
