package io.millrace.kafka.deadletter;

import io.millrace.config.MillraceConfig;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * Copies malformed records to {@code <topic>.dlq}, when switched on. It reads the topic by itself,
 * in a consumer group, beside the tail: so each record is copied by one replica, none is copied
 * again by a restart, and however slow the DLQ is, no stream waits for it. Its own thread.
 */
@Singleton
public final class DeadLetterQueue implements AutoCloseable {

  /** Between attempts when topic, DLQ, group or broker can't be used. */
  private static final Duration BACK_OFF = Duration.ofSeconds(5);

  /** One message a minute: what is wrong stays wrong until an operator acts. */
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final boolean enabled;
  private final DeadLetterTopic topics;
  private final Map<String, Object> kafka;
  private final RecordDecoder decoder;
  private final Meters meters;
  private final InstantSource clock;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Its own thread only. */
  private Instant nextLog = Instant.MIN;

  /**
   * @param kafka ordinary Kafka client configuration
   */
  public DeadLetterQueue(
      MillraceConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      RecordDecoder decoder,
      Meters meters,
      InstantSource clock) {
    this.enabled = config.dlq().enabled();
    this.topics = new DeadLetterTopic(config.topic().name());
    this.kafka = kafka;
    this.decoder = decoder;
    this.meters = meters;
    this.clock = clock;
    this.thread = new Thread(this::run, "dlq-" + topics.source());
    // A write that is being tried must not hold up the end of the process.
    thread.setDaemon(true);
  }

  /** Begins to read, in its own thread, if switched on. */
  public void start() {
    if (enabled) {
      EventBusLog.LOG.deadLetters(topics.source(), topics.name(), topics.group());
      thread.start();
    }
  }

  private void run() {
    try {
      while (!isClosing()) {
        try (DeadLetterSession session = new DeadLetterSession(kafka, topics, decoder, meters)) {
          while (!isClosing()) {
            session.read();
          }
        } catch (KafkaException unusable) {
          failed(unusable);
        } catch (RuntimeException | LinkageError fault) {
          EventBusLog.LOG.fenced("dlq", fault);
          meters.fenced("dlq");
        }
        closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stop) {
      closing.countDown();
    }
  }

  private void failed(KafkaException unusable) {
    meters.deadLetterFailed("unreachable");
    Instant now = clock.instant();
    if (!now.isBefore(nextLog)) {
      nextLog = now.plus(LOG_INTERVAL);
      String why = unusable.getClass().getSimpleName() + ": " + unusable.getMessage();
      EventBusLog.LOG.deadLettersUnwritable(topics.name(), why, BACK_OFF);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
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
