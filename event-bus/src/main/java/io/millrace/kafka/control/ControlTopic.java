package io.millrace.kafka.control;

import io.millrace.config.MillraceConfig;
import io.millrace.control.Revocations;
import io.millrace.fanout.Fanout;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.kafka.topic.TopicConsumer;
import io.millrace.kafka.topic.TopicIdentity;
import io.millrace.kafka.topic.TopicWatch;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads the control topic, whole and for good, and applies it: to {@link Revocations}, which
 * requests ask, and to open streams. A replica is not ready before it knows all of it; a topic that
 * does not exist says nothing. What is known stays in force while the broker is away. The control
 * thread; no record or broker failure ends it.
 */
@Singleton
public final class ControlTopic implements AutoCloseable {

  /** Between attempts to reach the broker or to find the topic. */
  private static final Duration BACK_OFF = Duration.ofSeconds(1);

  /**
   * Between two applications to open streams, each of which asks about every stream: a flood of
   * records must not take the event loops over. Revocations are promised within a second.
   */
  private static final Duration PACE = Duration.ofMillis(100);

  /** How often entries are looked through for those that are over. */
  private static final Duration EXPIRY = Duration.ofMinutes(1);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final boolean enabled;
  private final String topic;
  private final Map<String, Object> kafka;
  private final TopicAdmin admin;
  private final Revocations revocations;
  private final Fanout fanout;
  private final ConversationEnds ends;
  private final ControlIntake intake;
  private final Meters meters;
  private final InstantSource clock;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  private volatile boolean ready;
  private volatile Instant lastTick;

  /** Control thread only. */
  private Instant expireAt;

  private final LogPace pace;
  private volatile String complaint = "";

  /**
   * @param kafka ordinary Kafka client configuration
   */
  public ControlTopic(
      MillraceConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Revocations revocations,
      Fanout fanout,
      ConversationEnds ends,
      Meters meters,
      InstantSource clock) {
    this.enabled = config.control().enabled();
    this.topic = config.control().topic();
    this.kafka = kafka;
    this.admin = new TopicAdmin(topic, kafka);
    this.revocations = revocations;
    this.fanout = fanout;
    this.ends = ends;
    this.intake = new ControlIntake(revocations, meters, clock);
    this.meters = meters;
    this.clock = clock;
    this.lastTick = clock.instant();
    this.expireAt = clock.instant();
    this.pace = new LogPace(clock);
    this.thread = new Thread(this::run, "control-" + topic);
    meters.gauge("millrace.control.entries", "Revocations in force", revocations::size);
  }

  /** Begins to read, in its own thread. */
  public void start() {
    if (enabled) {
      thread.start();
    }
  }

  private void run() {
    while (!isClosing()) {
      try {
        session();
      } catch (CompletionException unknown) {
        failed(unknown.getCause() == null ? unknown : unknown.getCause());
      } catch (KafkaException unreachable) {
        failed(unreachable);
      } catch (RuntimeException | LinkageError fault) {
        EventBusLog.LOG.fenced("control", fault);
        meters.fenced("control");
      }
      tick();
      pause(BACK_OFF);
    }
  }

  private void failed(Throwable failure) {
    boolean absent = failure instanceof UnknownTopicOrPartitionException;
    String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    boolean news = !why.equals(complaint);
    complaint = why;
    if (absent && news) {
      EventBusLog.LOG.noControlTopic(topic);
    } else if (!absent && pace.isDue(why)) {
      EventBusLog.LOG.unreachable(topic, why, BACK_OFF);
    }
    ready |= absent;
  }

  /** One consumer from its start until something ends it: a failure, another topic, the close. */
  private void session() {
    TopicIdentity identity = admin.identity().toCompletableFuture().join();
    try (TopicConsumer consumer = new TopicConsumer(kafka, topic)) {
      ControlSession session = new ControlSession(consumer, identity, intake);
      TopicWatch watch = new TopicWatch(admin, clock);
      boolean caughtUp = false;
      boolean same = true;
      while (same && !isClosing()) {
        boolean news = session.read();
        if (!caughtUp && session.isCaughtUp()) {
          caughtUp = true;
          ready = true;
          complaint = "";
          pace.forget();
          EventBusLog.LOG.controlled(topic, revocations.size());
        }
        apply(news);
        tick();
        same =
            watch
                .answer()
                .filter(answer -> !answer.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .map(session::isSame)
                .orElse(true);
      }
    }
  }

  private void apply(boolean news) {
    ends.find();
    if (news | revocations.takeUnsettled()) {
      fanout.enforce(revocations);
      pause(PACE);
    }
  }

  private void tick() {
    Instant now = clock.instant();
    lastTick = now;
    if (!now.isBefore(expireAt)) {
      expireAt = now.plus(EXPIRY);
      revocations.expire(now);
    }
  }

  private void pause(Duration time) {
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      closing.countDown();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Whether all that was revoked before the start is known. Any thread. */
  public boolean isReady() {
    return ready || !enabled;
  }

  /** What keeps it from being ready; empty when nothing does. Any thread. */
  public String reason() {
    if (isReady()) {
      return "";
    }
    return complaint.isEmpty()
        ? topic + " is being read"
        : "cannot read " + topic + ": " + complaint;
  }

  /** When the control thread last came by. Any thread. */
  public Instant lastTick() {
    return enabled ? lastTick : Instant.MAX;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    admin.close();
  }
}
