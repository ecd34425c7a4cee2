package io.millrace.kafka;

import io.millrace.config.MillraceConfig;
import io.millrace.event.Positions;
import io.millrace.fanout.Fanout;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.record.RecordIntake;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.kafka.topic.TopicConsumer;
import io.millrace.kafka.topic.TopicIdentity;
import io.millrace.kafka.topic.TopicWatch;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * Reads the whole topic into the {@link TailLog} and wakes the {@link Fanout}: all partitions, no
 * consumer group, nothing committed. It is the poll thread; it touches no connection, and no record
 * or broker failure ends it.
 */
@Singleton
public final class TopicTail implements AutoCloseable {

  /** Between attempts to reach a broker or topic that is not there. */
  private static final Duration BACK_OFF = Duration.ofSeconds(1);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final String topic;
  private final Duration warmStart;
  private final Map<String, Object> kafka;
  private final TopicAdmin admin;
  private final TailLog tail;
  private final Fanout fanout;
  private final RecordIntake intake;
  private final Meters meters;
  private final InstantSource clock;
  private final TailStatus status;
  private final ReadMarks marks = new ReadMarks();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Poll thread only: the last failure that was logged. */
  private String complaint = "";

  /**
   * @param kafka ordinary Kafka client configuration
   */
  public TopicTail(
      MillraceConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      TopicAdmin admin,
      TailLog tail,
      Fanout fanout,
      RecordDecoder decoder,
      Meters meters,
      InstantSource clock) {
    this.topic = config.topic().name();
    this.warmStart = config.tail().warmStart();
    this.kafka = kafka;
    this.admin = admin;
    this.tail = tail;
    this.fanout = fanout;
    this.intake = new RecordIntake(topic, decoder, meters, clock);
    this.meters = meters;
    this.clock = clock;
    this.status = new TailStatus(topic, clock.instant());
    this.thread = new Thread(this::run, "tail-" + topic);
    meters.gauge("millrace.tail.bytes", "Bytes of events in the tail", tail::bytes);
    meters.gauge("millrace.kafka.lag", "Records known to wait on the broker", status::lag);
  }

  /** Begins to read, in its own thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!isClosing()) {
      try {
        session();
      } catch (KafkaException | CompletionException unreachable) {
        complain(rootMessage(unreachable));
      } catch (RuntimeException fault) {
        EventBusLog.LOG.fenced("poll", fault);
        meters.fenced("poll");
      }
      pause();
    }
  }

  /** Said once, not once a second for as long as it lasts. */
  private void complain(String why) {
    if (!why.equals(complaint)) {
      complaint = why;
      EventBusLog.LOG.unreachable(topic, why, BACK_OFF);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /** One consumer from its start until something ends it: a failure, another topic, the close. */
  private void session() {
    TopicIdentity identity = admin.identity().toCompletableFuture().join();
    try (TopicConsumer consumer = new TopicConsumer(kafka, topic)) {
      TopicSession session =
          new TopicSession(consumer, identity, tail, fanout, intake, status, clock);
      session.begin(warmStart);
      complaint = "";
      TopicWatch watch = new TopicWatch(admin, clock);
      boolean same = true;
      while (same && !isClosing()) {
        status.tick(clock.instant());
        session.read();
        marks.answer(consumer::positions, () -> tail.positionsAt(tail.end()));
        same = watch.news().map(session::isSame).orElse(true);
      }
    }
  }

  private void pause() {
    status.tick(clock.instant());
    try {
      closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      closing.countDown();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /**
   * Whether the recent past is in memory and its cursors fit their bound. Stays so while the broker
   * is away. Any thread.
   */
  public boolean isReady() {
    return status.isReady();
  }

  /**
   * Completes with the end of the tail once everything before this place is in it; fails when that
   * takes seconds. Any thread.
   */
  public CompletionStage<Positions> readPast(Positions place) {
    return marks.past(place);
  }

  /** When the poll thread last came by. Any thread. */
  public Instant lastTick() {
    return status.lastTick();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
