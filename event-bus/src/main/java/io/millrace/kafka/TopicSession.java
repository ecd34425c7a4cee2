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
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

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
      TailStatus status,
      InstantSource clock) {
    this.consumer = consumer;
    this.identity = identity;
    this.tail = tail;
    this.fanout = fanout;
    this.intake = intake;
    this.status = status;
    this.clock = clock;
  }

  /** Goes on where the tail ends, if it is of this topic; else starts it anew. */
  void begin(Duration warmStart) {
    consumer.assign(identity.partitions());
    if (tail.isStarted() && tail.epoch().equals(identity.epoch())) {
      consumer.seek(tail.positionsAt(tail.end()));
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
    Positions from = consumer.positionsAt(time);
    consumer.seek(from);
    EventBusLog.LOG.tailing(identity.topic(), identity.partitions(), identity.epoch(), time);
    tail.start(identity.epoch(), from);
  }

  /** Waits a moment for records and takes them in. */
  void read() {
    try {
      ingest(intake.events(consumer.poll(POLL)));
    } catch (OffsetOutOfRangeException gone) {
      restart(gone);
    }
    if (!status.isWarm() && consumer.positions().covers(warmAt)) {
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

  /** Retention or a lost log took what was to be read next: nobody's continuity can be proven. */
  private void restart(OffsetOutOfRangeException gone) {
    EventBusLog.LOG.outOfRange(identity.topic());
    Positions ends = consumer.ends();
    boolean truncated =
        gone.offsetOutOfRangePartitions().entrySet().stream()
            .anyMatch(asked -> asked.getValue() > ends.at(asked.getKey().partition()));
    consumer.seek(ends);
    tail.start(identity.epoch(), ends);
    fanout.resetAll(truncated ? ResetReason.TRUNCATED : ResetReason.EXPIRED);
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
        consumer.seek(p, 0);
      }
      EventBusLog.LOG.grown(identity.topic(), news.partitions());
    }
    status.update(tail, consumer.lag());
    return true;
  }
}
