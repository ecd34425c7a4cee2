package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.MillraceConfig;
import io.millrace.event.Event;
import io.millrace.event.Scope;
import io.millrace.run.RunIndex;
import io.millrace.telemetry.Meters;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordIntakeTest {

  private static final MillraceConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(MillraceConfig.class)
          .addDiscoveredConverters()
          .withDefaultValue("millrace.topic.name", "t")
          .build()
          .getConfigMapping(MillraceConfig.class);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RecordedLog log = new RecordedLog();
  private Instant now = Instant.EPOCH;
  private final RecordIntake intake =
      new RecordIntake(
          "t",
          new RecordDecoder(
              address -> {
                if (address.key().equals("bug")) {
                  throw new IllegalStateException("broken on purpose");
                }
                return Set.of(Scope.parse(address.key()));
              },
              CONFIG),
          new RunIndex(CONFIG.runs(), new Meters(registry)),
          new Meters(registry),
          () -> now);

  @BeforeEach
  void listen() {
    Logger.getLogger("io.millrace").addHandler(log);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("io.millrace").removeHandler(log);
  }

  @Test
  void keepsThePlaceOfWhatNobodyCanSee() {
    List<Event> events =
        intake.events(List.of(record(0, "all", null), record(1, "?", "1"), record(2, "all", "1")));

    assertEquals(List.of(0L, 1L, 2L), events.stream().map(Event::offset).toList());
    assertEquals(
        List.of(true, true, false), events.stream().map(e -> e.routes().isEmpty()).toList());
    assertEquals(1, count("millrace.events.tombstones"));
    assertEquals(1, count("millrace.events.malformed"));
    assertEquals(3, count("millrace.events.read"));
  }

  @Test
  void outlivesABugInTheDecoder() {
    List<Event> events = intake.events(List.of(record(0, "bug", "1"), record(1, "all", "1")));

    assertTrue(events.get(0).routes().isEmpty());
    assertEquals(Set.of(Scope.Everyone.INSTANCE), events.get(1).routes());
    assertEquals(1, count("millrace.fences"));
  }

  @Test
  void complainsOncePerPartitionAndMinuteAndNeverShowsThePayload() {
    intake.events(List.of(record(7, "all", "secret"), record(8, "all", "secret")));
    now = now.plus(Duration.ofSeconds(59));
    intake.events(List.of(record(9, "all", "secret")));
    now = now.plus(Duration.ofSeconds(1));
    intake.events(List.of(record(10, "all", "secret")));

    assertEquals(
        List.of(
            "MILL0008: Skipped a malformed record of t, partition 3, offset 7: value is not JSON",
            "MILL0008: Skipped a malformed record of t, partition 3, offset 10: value is not JSON"),
        log.messages);
  }

  private double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  @SuppressWarnings("NullAway")
  private static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>("t", 3, offset, key.getBytes(StandardCharsets.UTF_8), bytes);
  }

  private static final class RecordedLog extends Handler {
    private final List<String> messages = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      messages.add(new org.jboss.logmanager.formatters.PatternFormatter("%s").format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
