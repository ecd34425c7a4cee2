package io.millrace.kafka;

import io.millrace.event.Cursor;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.fanout.Fanout;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;

/**
 * Reads the whole topic into the {@link TailLog} and wakes the {@link Fanout}: all partitions, no
 * consumer group, nothing committed. It is the poll thread; it touches no connection, and no record
 * or broker failure ends it.
 */
public final class TopicTail implements AutoCloseable {

  /** How often the thread comes by without records: age limits and liveness count on it. */
  private static final Duration POLL = Duration.ofMillis(250);

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
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Positions to reach before the tail counts as warm. Poll thread. */
  private Positions warmAt = Positions.NONE;

  private volatile boolean warm;
  private volatile boolean cursorFits = true;
  private volatile long lag;
  private volatile Instant lastTick;

  /**
   * @param topic its name
   * @param warmStart how far back to read before the tail is warm
   * @param kafka ordinary Kafka client configuration
   */
  public TopicTail(
      String topic,
      Duration warmStart,
      Map<String, Object> kafka,
      TopicAdmin admin,
      TailLog tail,
      Fanout fanout,
      RecordDecoder decoder,
      Meters meters,
      InstantSource clock) {
    this.topic = topic;
    this.warmStart = warmStart;
    this.kafka = kafka;
    this.admin = admin;
    this.tail = tail;
    this.fanout = fanout;
    this.intake = new RecordIntake(topic, decoder, meters, clock);
    this.meters = meters;
    this.clock = clock;
    this.lastTick = clock.instant();
    this.thread = new Thread(this::run, "tail-" + topic);
    meters.gauge("millrace.tail.bytes", "Bytes of events in the tail", tail::bytes);
    meters.gauge("millrace.kafka.lag", "Records known to wait on the broker", () -> lag);
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
        EventBusLog.LOG.unreachable(topic, rootMessage(unreachable), BACK_OFF);
      } catch (RuntimeException fault) {
        EventBusLog.LOG.fenced("poll", fault);
        meters.fenced("poll");
      }
      pause();
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
      begin(consumer, identity);
      TopicWatch watch = new TopicWatch(admin, clock);
      boolean same = true;
      while (same && !isClosing()) {
        read(consumer);
        same = watch.news().map(news -> isSame(consumer, identity, news)).orElse(true);
      }
    }
  }

  /** Goes on where the tail ends, if it is of this topic; else starts it anew. */
  private void begin(TopicConsumer consumer, TopicIdentity identity) {
    consumer.assign(identity.partitions());
    boolean resumes = tail.isStarted() && tail.epoch().equals(identity.epoch());
    boolean recreated = tail.isStarted() && !resumes;
    Positions from =
        resumes ? tail.positionsAt(tail.end()) : consumer.positionsAt(warmFrom(recreated));
    for (int p = 0; p < identity.partitions(); p++) {
      consumer.seek(p, from.at(p));
    }
    if (!resumes) {
      startTail(consumer, identity, from);
    }
    if (recreated) {
      EventBusLog.LOG.recreated(topic);
      fanout.resetAll(ResetReason.RECREATED);
    }
  }

  /** A topic created anew is read whole: whatever is in it came after the old one. */
  private Instant warmFrom(boolean recreated) {
    return recreated ? Instant.EPOCH : clock.instant().minus(warmStart);
  }

  private void startTail(TopicConsumer consumer, TopicIdentity identity, Positions from) {
    EventBusLog.LOG.tailing(topic, identity.partitions(), identity.epoch(), warmStart);
    warmAt = consumer.ends();
    tail.start(identity.epoch(), from);
    checkCursor();
  }

  private void read(TopicConsumer consumer) {
    lastTick = clock.instant();
    try {
      ingest(intake.events(consumer.poll(POLL)));
    } catch (OffsetOutOfRangeException gone) {
      restart(consumer, gone);
    }
    if (!warm && consumer.positions().covers(warmAt)) {
      warm = true;
      EventBusLog.LOG.warm(topic, tail.end() - tail.first(), tail.bytes());
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
  private void restart(TopicConsumer consumer, OffsetOutOfRangeException gone) {
    EventBusLog.LOG.outOfRange(topic);
    Positions ends = consumer.ends();
    boolean truncated =
        gone.offsetOutOfRangePartitions().entrySet().stream()
            .anyMatch(asked -> asked.getValue() > ends.at(asked.getKey().partition()));
    Positions from = consumer.positionsAt(clock.instant().minus(warmStart));
    for (int p = 0; p < consumer.partitions(); p++) {
      consumer.seek(p, from.at(p));
    }
    tail.start(tail.epoch(), from);
    fanout.resetAll(truncated ? ResetReason.TRUNCATED : ResetReason.EXPIRED);
  }

  /** Takes new partitions in, from their first record; false when the topic is another one. */
  private boolean isSame(TopicConsumer consumer, TopicIdentity known, TopicIdentity news) {
    if (!news.epoch().equals(known.epoch())) {
      return false;
    }
    int had = consumer.partitions();
    if (news.partitions() > had) {
      consumer.assign(news.partitions());
      for (int p = had; p < news.partitions(); p++) {
        consumer.seek(p, 0);
      }
      EventBusLog.LOG.grown(topic, news.partitions());
    }
    lag = consumer.lag();
    checkCursor();
    return true;
  }

  private void checkCursor() {
    Positions positions = tail.positionsAt(tail.end());
    int length = new Cursor(tail.epoch(), positions).encode().length();
    boolean fits = length <= Cursor.MAX_LENGTH;
    if (cursorFits && !fits) {
      EventBusLog.LOG.cursorTooLong(positions.size(), topic, length, Cursor.MAX_LENGTH);
    }
    cursorFits = fits;
  }

  private void pause() {
    lastTick = clock.instant();
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
    return warm && cursorFits;
  }

  /** When the poll thread last came by. Any thread. */
  public Instant lastTick() {
    return lastTick;
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
