package io.millrace.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.MillraceConfig;
import io.millrace.event.Addressing;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.ShardSettings;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.replay.ReplayReader;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.tail.Read;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The poll thread of a replica and the tail it fills, without a service around them. */
final class TailFixture implements AutoCloseable {

  static final String TOPIC = "t";
  private static final Route ALL = Scope.Everyone.INSTANCE;

  final TailLog tail = new TailLog(64 << 20, Duration.ofMinutes(15), InstantSource.system());
  final TopicTail topicTail;
  final Fanout fanout;
  private final ReplayReader past;
  private final TopicAdmin admin;

  TailFixture(String bootstrapServers, Duration warmStart) {
    MillraceConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MillraceConfig.class)
            .addDiscoveredConverters()
            .withDefaultValue("millrace.topic.name", TOPIC)
            .withDefaultValue("millrace.tail.warm-start", warmStart.toString())
            .build()
            .getConfigMapping(MillraceConfig.class);
    Map<String, Object> kafka =
        Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 200);
    Meters meters = new Meters(new SimpleMeterRegistry());
    InstantSource clock = InstantSource.system();
    ShardSettings settings =
        new ShardSettings(TOPIC, config.heartbeat(), config.checkpointAfter(), 65_536, clock);
    Addressing byKey = address -> Set.of(Scope.parse(address.key()));
    admin = new TopicAdmin(config, kafka);
    RecordDecoder decoder = new RecordDecoder(byKey, config);
    past = new ReplayReader(config, kafka, admin, tail, decoder, meters, clock);
    fanout = new Fanout(tail, past, settings, meters);
    topicTail = new TopicTail(config, kafka, admin, tail, fanout, decoder, meters, clock);
    topicTail.start();
    past.start();
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

  @Override
  public void close() {
    topicTail.close();
    past.close();
    admin.close();
  }
}
