package io.millrace.kafka.control;

import io.millrace.event.Positions;
import io.millrace.kafka.topic.TopicConsumer;
import io.millrace.kafka.topic.TopicIdentity;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The life of one consumer of the control topic, from its first record on. Control thread. */
final class ControlSession {

  /** How often the thread comes by without records. */
  private static final Duration POLL = Duration.ofMillis(250);

  private final TopicConsumer consumer;
  private final TopicIdentity identity;
  private final ControlIntake intake;

  /** Everything that was there when this began; what is not read to here is not known. */
  private final Positions known;

  /** Everything before these offsets was read. */
  private final long[] reached;

  ControlSession(TopicConsumer consumer, TopicIdentity identity, ControlIntake intake) {
    this.consumer = consumer;
    this.identity = identity;
    this.intake = intake;
    consumer.assign(identity.partitions());
    Positions from = consumer.positionsAt(Instant.EPOCH);
    consumer.seek(from);
    reached = from.copy(identity.partitions());
    known = consumer.ends();
  }

  /** Waits a moment for records and takes them in; whether there were any. */
  boolean read() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    intake.take(records);
    records.nextOffsets().forEach((of, place) -> reached[of.partition()] = place.offset());
    return !records.isEmpty();
  }

  boolean isCaughtUp() {
    return Positions.of(reached).covers(known);
  }

  /** False when the topic is another one, or has new partitions: then it is read anew. */
  boolean isSame(TopicIdentity news) {
    return news.equals(identity);
  }
}
