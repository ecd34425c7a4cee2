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
import io.millrace.run.RunIndex;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.LogPace;
import io.millrace.telemetry.Meters;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
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
  private final LeaderEpochs leaders = new LeaderEpochs();
  private final Meters meters;
  private final InstantSource clock;
  private final TailStatus status;
  private final ReadMarks marks = new ReadMarks();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  private final LogPace pace;

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
      RunIndex runs,
      Meters meters,
      InstantSource clock) {
    this.topic = config.topic().name();
    this.warmStart = decoder.warmStart(config);
    this.kafka = kafka;
    this.admin = admin;
    this.tail = tail;
    this.fanout = fanout;
    this.intake = new RecordIntake(topic, decoder, runs, meters, clock);
    this.meters = meters;
    this.clock = clock;
    this.status = new TailStatus(topic, clock.instant());
    this.pace = new LogPace(clock);
    this.thread = new Thread(this::run, "tail-" + topic);
    meters.gauge("millrace.kafka.lag", "Records known to wait on the broker", status::lag);
    meters.gauge(
        "millrace.kafka.connected",
        "1 when the broker last answered as it should, else 0",
        () -> status.isConnected() ? 1 : 0);
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
        unreachable(rootMessage(unreachable));
      } catch (RuntimeException | LinkageError fault) {
        EventBusLog.LOG.fenced("poll", fault);
        meters.fenced("poll");
      }
      pause();
    }
  }

  private void unreachable(String why) {
    if (isNews(why)) {
      EventBusLog.LOG.unreachable(topic, why, BACK_OFF);
    }
  }

  private boolean isNews(String failure) {
    status.failed(failure);
    return pace.isDue(failure);
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
          new TopicSession(consumer, identity, tail, fanout, intake, leaders, status, clock);
      session.begin(warmStart);
      TopicWatch watch = new TopicWatch(admin, clock);
      boolean same = true;
      while (same && !isClosing()) {
        status.tick(clock.instant());
        same = read(session) && watch.answer().map(a -> heard(session, a)).orElse(true);
        marks.answer(() -> tail.positionsAt(tail.end()));
      }
    }
  }

  /** False when the topic is another one. */
  private boolean read(TopicSession session) {
    try {
      session.read();
      return true;
    } catch (OffsetOutOfRangeException gone) {
      // A topic created anew, too, has no record where the old one had its next.
      boolean same = session.isSame(admin.identity().toCompletableFuture().join());
      if (same) {
        session.restart(gone);
      }
      return same;
    }
  }

  /** False when the topic is another one. A broker that does not answer changes nothing. */
  private boolean heard(TopicSession session, CompletableFuture<TopicIdentity> answer) {
    TopicIdentity news;
    try {
      news = answer.join();
    } catch (CompletionException failed) {
      String why = rootMessage(failed);
      if (isNews(why)) {
        EventBusLog.LOG.silent(topic, why);
      }
      return true;
    }
    if (status.answered()) {
      pace.forget();
      EventBusLog.LOG.reachable(topic);
    }
    return session.isSame(news);
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

  /** What keeps it from being ready; empty when nothing does. Any thread. */
  public String reason() {
    return status.reason();
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
