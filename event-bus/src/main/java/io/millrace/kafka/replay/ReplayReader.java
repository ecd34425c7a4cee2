package io.millrace.kafka.replay;

import io.millrace.config.MillraceConfig;
import io.millrace.event.Positions;
import io.millrace.fanout.ReplaySource;
import io.millrace.fanout.Rider;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.kafka.topic.TopicConsumer;
import io.millrace.kafka.topic.TopicIdentity;
import io.millrace.run.RunIndex;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.LogPace;
import io.millrace.telemetry.Meters;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Serves cursors older than the tail from Kafka: takes all who wait, reads once from the oldest of
 * them to the tail, and lets others get on where the read has come to. While the broker is away
 * they go on waiting. Owns the replay threads; they touch no connection.
 */
@Singleton
public final class ReplayReader implements ReplaySource, AutoCloseable {

  /** Those who come back in the same moment ride the same read. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final WaitingRiders waiting = new WaitingRiders();
  private final AtomicInteger busy = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final MillraceConfig config;
  private final Map<String, Object> kafka;
  private final TopicAdmin admin;
  private final TailLog tail;
  private final ReplayScan.Source source;
  private final Meters meters;
  private final InstantSource clock;
  private final List<Thread> threads;
  private final AtomicReferenceArray<Instant> lastTicks;

  private final LogPace pace;

  /**
   * @param kafka ordinary Kafka client configuration
   */
  public ReplayReader(
      MillraceConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      TopicAdmin admin,
      TailLog tail,
      RecordDecoder decoder,
      RunIndex runs,
      Meters meters,
      InstantSource clock) {
    this.config = config;
    this.kafka = tuned(kafka);
    this.admin = admin;
    this.tail = tail;
    this.source = new ReplayScan.Source(tail, decoder, runs, waiting);
    this.meters = meters;
    this.clock = clock;
    this.pace = new LogPace(clock);
    this.threads =
        IntStream.range(0, config.replay().readers())
            .mapToObj(i -> new Thread(() -> run(i), "replay-" + i))
            .toList();
    Instant[] now = new Instant[threads.size()];
    Arrays.fill(now, clock.instant());
    this.lastTicks = new AtomicReferenceArray<>(now);
    meters.gauge("millrace.replay.waiting", "Subscribers in line for a replay", waiting::size);
    meters.gauge("millrace.replay.readers.busy", "Replays going on", busy::get);
    meters.gauge("millrace.replay.readers", "Replays at the same time", threads::size);
  }

  /**
   * A long poll that finds nothing must not hold up the next seek: 504 ms each with the default.
   * And what a reader fetches ahead must not outweigh its window.
   */
  private static Map<String, Object> tuned(Map<String, Object> kafka) {
    Map<String, Object> tuned = new HashMap<>(kafka);
    tuned.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
    tuned.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
    tuned.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    tuned.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
    return tuned;
  }

  /** Begins to serve. */
  public void start() {
    threads.forEach(Thread::start);
  }

  @Override
  public void await(Rider rider) {
    waiting.add(rider);
  }

  @Override
  public void withdraw(Rider rider) {
    waiting.remove(rider);
  }

  private void run(int reader) {
    try {
      while (!isClosing()) {
        lastTicks.set(reader, clock.instant());
        if (waiting.await(IDLE)) {
          pause(GATHER);
          serve(reader);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(int reader) throws InterruptedException {
    List<Rider> riders = waiting.take(rider -> true);
    if (riders.isEmpty()) {
      return;
    }
    busy.incrementAndGet();
    try (TopicConsumer consumer = new TopicConsumer(kafka, config.topic().name())) {
      if (!read(consumer, riders, reader)) {
        pause(BACK_OFF);
      }
    } catch (KafkaException | CompletionException unreachable) {
      riders.forEach(this::await);
      complain(unreachable);
      pause(BACK_OFF);
    } catch (RuntimeException | LinkageError fault) {
      riders.forEach(this::await);
      EventBusLog.LOG.fenced("replay", fault);
      meters.fenced("replay");
      pause(BACK_OFF);
    } finally {
      busy.decrementAndGet();
    }
  }

  /** Whether this got anybody any further. Fails only before the first rider is on board. */
  private boolean read(TopicConsumer consumer, List<Rider> riders, int reader) {
    TopicIdentity identity = admin.identity().toCompletableFuture().join();
    if (!identity.epoch().equals(tail.epoch())) {
      // Another topic of the same name: the tail is about to find out and resets everyone.
      riders.forEach(this::await);
      return false;
    }
    consumer.assign(identity.partitions());
    Positions beginnings = consumer.beginnings();
    Positions ends = consumer.ends();
    List<Rider> served = within(riders, beginnings);
    if (served.isEmpty()) {
      return true;
    }
    ReplayScan scan = new ReplayScan(consumer, source, config, clock);
    ReplayScan.Outcome outcome = scan.run(served, ends, () -> goesOn(reader));
    meters.replayed(outcome.text(), scan.records());
    EventBusLog.LOG.replayed(scan.records(), config.topic().name(), outcome.text());
    scan.failure().ifPresentOrElse(this::complain, pace::forget);
    return scan.records() > 0 || outcome == ReplayScan.Outcome.TAIL;
  }

  /** Those whose past is still in the log and not too far back; the others are told. */
  private List<Rider> within(List<Rider> riders, Positions beginnings) {
    Positions tailStart = tail.positionsAt(tail.first());
    List<Rider> within = new ArrayList<>();
    for (Rider rider : riders) {
      if (!rider.from().covers(beginnings)) {
        rider.reset(ResetReason.EXPIRED);
      } else if (rider.from().recordsTo(tailStart) > config.replay().maxRecords()) {
        rider.reset(ResetReason.OVER_BUDGET);
      } else {
        within.add(rider);
      }
    }
    return within;
  }

  private boolean goesOn(int reader) {
    lastTicks.set(reader, clock.instant());
    return !isClosing();
  }

  private void complain(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getClass().getSimpleName() + ": " + root.getMessage();
    if (pace.isDue(why)) {
      EventBusLog.LOG.replayFailed(config.topic().name(), why, BACK_OFF);
    }
  }

  private void pause(Duration time) throws InterruptedException {
    closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** When the replay thread that came by least lately did so. Any thread. */
  public Instant lastTick() {
    return IntStream.range(0, lastTicks.length())
        .mapToObj(lastTicks::get)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(CLOSE_TIMEOUT.toMillis());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
