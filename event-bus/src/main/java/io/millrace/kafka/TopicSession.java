package io.millrace.kafka;

import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.fanout.Fanout;
import io.millrace.kafka.record.RecordIntake;
import io.millrace.kafka.topic.TopicConsumer;
import io.millrace.kafka.topic.TopicIdentity;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * The life of one consumer: where it starts, what it reads into the tail, and what makes the tail
 * start anew. Poll thread.
 */
final class TopicSession {

  /** How often the thread comes by without records: age limits and liveness count on it. */
  private static final Duration POLL = Duration.ofMillis(250);

  private final TopicConsumer consumer;
  private final TopicIdentity identity;
  private final TailLog tail;
  private final Fanout fanout;
  private final RecordIntake intake;
  private final LeaderEpochs leaders;
  private final TailStatus status;
  private final InstantSource clock;

  /** Positions to reach before the tail counts as warm. */
  private Positions warmAt = Positions.NONE;

  TopicSession(
      TopicConsumer consumer,
      TopicIdentity identity,
      TailLog tail,
      Fanout fanout,
      RecordIntake intake,
      LeaderEpochs leaders,
      TailStatus status,
      InstantSource clock) {
    this.consumer = consumer;
    this.identity = identity;
    this.tail = tail;
    this.fanout = fanout;
    this.intake = intake;
    this.leaders = leaders;
    this.status = status;
    this.clock = clock;
  }

  /** Goes on where the tail ends, if it is of this topic; else starts it anew. */
  void begin(Duration warmStart) {
    consumer.assign(identity.partitions());
    if (tail.isStarted() && tail.epoch().equals(identity.epoch())) {
      seek(reached());
    } else if (tail.isStarted()) {
      // A topic created anew is read whole: whatever is in it came after the old one.
      EventBusLog.LOG.recreated(identity.topic());
      start(Instant.EPOCH);
      fanout.resetAll(ResetReason.RECREATED);
    } else {
      start(clock.instant().minus(warmStart));
    }
    warmAt = consumer.ends();
  }

  private void start(Instant time) {
    EventBusLog.LOG.tailing(identity.topic(), identity.partitions(), identity.epoch(), time);
    start(consumer.positionsAt(time));
  }

  private void start(Positions from) {
    leaders.forget();
    intake.startAnew();
    seek(from);
    tail.start(identity.epoch(), from);
  }

  private void seek(Positions to) {
    for (int p = 0; p < consumer.partitions(); p++) {
      consumer.seek(p, leaders.place(p, to.at(p)));
    }
  }

  /**
   * Waits a moment for records and takes them in.
   *
   * @throws OffsetOutOfRangeException when what was to be read next is not there any more
   */
  void read() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    leaders.note(records.nextOffsets());
    ingest(intake.events(records));
    passGaps(records.nextOffsets());
    intake.forgetSilentRuns();
    if (!status.isWarm() && reached().covers(warmAt)) {
      status.update(tail, 0);
      status.warm(tail);
    }
  }

  private void ingest(List<Event> events) {
    if (events.isEmpty()) {
      tail.evict();
      return;
    }
    long first = tail.end();
    events.forEach(tail::append);
    fanout.publish(first, events);
  }

  /**
   * Offsets without a record (control records, what was aborted or compacted) are passed over by
   * cursors too. One that stopped before them would be out of range once retention has passed them,
   * and behind one of a replica that started later.
   */
  private void passGaps(Map<TopicPartition, OffsetAndMetadata> next) {
    Positions reached = reached();
    next.forEach(
        (partition, place) -> {
          if (place.offset() > reached.at(partition.partition())) {
            tail.append(Event.invisible(partition.partition(), place.offset() - 1));
          }
        });
  }

  private Positions reached() {
    return tail.positionsAt(tail.end());
  }

  /**
   * What was to be read next is not there any more. If the log lost its end, nobody's continuity
   * can be proven; if retention overtook this replica, that depends on where each of them stands.
   */
  void restart(OffsetOutOfRangeException gone) {
    EventBusLog.LOG.outOfRange(identity.topic());
    Positions ends = consumer.ends();
    boolean truncated =
        gone instanceof LogTruncationException
            || gone.offsetOutOfRangePartitions().entrySet().stream()
                .anyMatch(asked -> asked.getValue() > ends.at(asked.getKey().partition()));
    start(ends);
    if (truncated) {
      fanout.resetAll(ResetReason.TRUNCATED);
    } else {
      fanout.lookAgain();
    }
  }

  /** Takes new partitions in, from their first record; false when the topic is another one. */
  boolean isSame(TopicIdentity news) {
    if (!news.epoch().equals(identity.epoch())) {
      return false;
    }
    int had = consumer.partitions();
    if (news.partitions() > had) {
      consumer.assign(news.partitions());
      for (int p = had; p < news.partitions(); p++) {
        consumer.seek(p, leaders.place(p, 0));
      }
      EventBusLog.LOG.grown(identity.topic(), news.partitions());
    }
    status.update(tail, consumer.lag());
    return true;
  }
}
