package io.millrace.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.MillraceConfig;
import io.millrace.event.Addressing;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.ShardSettings;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.replay.ReplayReader;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.run.RunIndex;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The poll thread of a replica and the tail it fills, without a service around them. */
final class TailFixture implements AutoCloseable {

  static final String TOPIC = "t";
  private static final Route ALL = Scope.Everyone.INSTANCE;

  final TailLog tail = new TailLog(64 << 20, Duration.ofMinutes(15), InstantSource.system());
  final TopicTail topicTail;
  final Fanout fanout;
  final MeterRegistry registry = new SimpleMeterRegistry();
  private final ReplayReader past;
  private final TopicAdmin admin;
  private final AtomicReference<CountDownLatch> hold = new AtomicReference<>();

  TailFixture(String bootstrapServers, Duration warmStart) {
    this(
        TOPIC,
        Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 200),
        warmStart);
  }

  /**
   * @param kafka ordinary Kafka client configuration
   */
  TailFixture(String topic, Map<String, Object> kafka, Duration warmStart) {
    MillraceConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MillraceConfig.class)
            .addDiscoveredConverters()
            .withDefaultValue("millrace.topic.name", topic)
            .withDefaultValue("millrace.tail.warm-start", warmStart.toString())
            .build()
            .getConfigMapping(MillraceConfig.class);
    Meters meters = new Meters(registry);
    InstantSource clock = this::now;
    ShardSettings settings =
        new ShardSettings(topic, config.heartbeat(), config.checkpointAfter(), 65_536, clock);
    Addressing byKey = address -> Set.of(Scope.parse(address.key()));
    admin = new TopicAdmin(config, kafka);
    RecordDecoder decoder = new RecordDecoder(byKey, config);
    RunIndex runs = new RunIndex(config.runs(), meters);
    past = new ReplayReader(config, kafka, admin, tail, decoder, runs, meters, clock);
    fanout = new Fanout(tail, past, settings, meters);
    topicTail = new TopicTail(config, kafka, admin, tail, fanout, decoder, runs, meters, clock);
    topicTail.start();
    past.start();
  }

  private Instant now() {
    CountDownLatch latch =
        Thread.currentThread().getName().startsWith("tail-") ? hold.getAndSet(null) : null;
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("a fault on purpose");
    }
    return Instant.now();
  }

  /** Holds the poll thread; when the latch opens, its session ends with a fault. */
  CountDownLatch holdSession() {
    CountDownLatch latch = new CountDownLatch(1);
    hold.set(latch);
    await().until(() -> hold.get() == null);
    return latch;
  }

  /** Ends the session with a fault; the next one has a consumer of its own. */
  void breakSession() {
    holdSession().countDown();
  }

  /** Positions after everything that was read. */
  Positions reached() {
    return tail.positionsAt(tail.end());
  }

  /** The data of everything addressed to all that the tail holds, in order. */
  List<String> data() {
    if (!tail.isStarted()) {
      return List.of();
    }
    Read read = tail.read(tail.first(), Set.of(ALL), Integer.MAX_VALUE, Long.MAX_VALUE);
    return read instanceof Read.Slice slice
        ? slice.entries().stream().map(entry -> entry.event().text()).toList()
        : List.of();
  }

  void awaitReady() {
    await("readiness").atMost(Duration.ofSeconds(40)).until(topicTail::isReady);
  }

  /** Waits until the tail holds exactly this. */
  void awaitData(List<String> data) {
    await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertEquals(data, data()));
  }

  @Override
  public void close() {
    topicTail.close();
    past.close();
    admin.close();
  }
}
