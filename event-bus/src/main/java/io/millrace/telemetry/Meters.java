package io.millrace.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Every meter of the event bus. Any thread. */
@Singleton
public final class Meters {

  private static final String REASON = "reason";
  private static final String DELTAS_MALFORMED = "millrace.runs.deltas.malformed";

  /** From what a broker beside us takes to what nobody calls live any more. */
  private static final Duration[] LATENCIES =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Counter eventsRead;
  private final Counter tombstones;
  private final Counter malformed;
  private final Counter streamsOpened;
  private final Counter deliveries;
  private final Counter deliveredFrames;
  private final Counter deliveredBytes;
  private final Counter heartbeats;
  private final Timer latency;
  private final Counter tokensVerified;
  private final Counter checkpoints;
  private final Counter replayedRecords;
  private final Counter acceptFailures;
  private final Counter deadLetters;
  private final Counter controlRecords;
  private final Counter controlMalformed;
  private final Counter published;
  private final Counter publishFailures;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    eventsRead = counter("millrace.events.read", "Records read from the topic, skipped ones too");
    tombstones = counter("millrace.events.tombstones", "Records without a value, skipped");
    malformed = counter("millrace.events.malformed", "Records that could not be read, skipped");
    streamsOpened = counter("millrace.streams.opened", "Streams opened");
    deliveries = counter("millrace.deliveries", "Events written to subscribers");
    deliveredFrames =
        counter("millrace.delivered.frames", "Frames that carried events, one or several merged");
    deliveredBytes = counter("millrace.delivered.bytes", "Bytes of frames written to subscribers");
    replayedRecords =
        counter("millrace.replay.records", "Records read again for those behind the tail");
    checkpoints = counter("millrace.checkpoints", "Heartbeats that carried a fresh cursor");
    tokensVerified = counter("millrace.tokens.verified", "Tokens whose signature was verified");
    heartbeats = counter("millrace.heartbeats", "Heartbeats written");
    acceptFailures = counter("millrace.accepts.failed", "Times no descriptor was left to accept");
    deadLetters = counter("millrace.dlq.records", "Malformed records copied to the DLQ");
    controlRecords = counter("millrace.control.records", "Records read from the control topic");
    controlMalformed = counter("millrace.control.malformed", "Control records that were skipped");
    published = counter("millrace.publish.events", "Events published over HTTP");
    latency =
        Timer.builder("millrace.delivery.latency")
            .description("From a record's time stamp to the write, once per event and event loop")
            .serviceLevelObjectives(LATENCIES)
            .register(registry);
    publishFailures = counter("millrace.publish.failures", "Events the broker did not acknowledge");
  }

  /** From now on every series that there may be is there, at zero. */
  public void begin() {
    for (Reasons reasons : Reasons.ALL) {
      reasons.values().forEach(value -> registry.counter(reasons.meter(), reasons.tag(), value));
    }
    registry.counter(DELTAS_MALFORMED);
  }

  public void eventRead() {
    eventsRead.increment();
  }

  public void tombstone() {
    tombstones.increment();
  }

  public void malformed() {
    malformed.increment();
  }

  public void streamOpened() {
    streamsOpened.increment();
  }

  public void streamClosed(String reason) {
    registry.counter("millrace.streams.closed", REASON, reason).increment();
  }

  public void delivered(int events, int frames, long bytes) {
    deliveries.increment(events);
    deliveredFrames.increment(frames);
    deliveredBytes.increment(bytes);
  }

  /** An event was so long on its way when it was written to those of one event loop. */
  public void latency(long millis) {
    latency.record(millis, TimeUnit.MILLISECONDS);
  }

  /** A token was verified; one that is known is not verified again. */
  public void tokenVerified() {
    tokensVerified.increment();
  }

  /** A token was not accepted. */
  public void tokenRefused(String reason) {
    registry.counter("millrace.tokens.refused", REASON, reason).increment();
  }

  public void heartbeat() {
    heartbeats.increment();
  }

  /** A read of what lies before the tail is over; {@code outcome} says why. */
  public void replayed(String outcome, long records) {
    registry.counter("millrace.replay.scans", "outcome", outcome).increment();
    replayedRecords.increment(records);
  }

  public void checkpoint() {
    checkpoints.increment();
  }

  /** No connection could be accepted for want of a file descriptor. */
  public void acceptFailed() {
    acceptFailures.increment();
  }

  /** A malformed record was copied to the DLQ. */
  public void deadLetter() {
    deadLetters.increment();
  }

  /** One could not be, for now ({@code unreachable}) or ever ({@code too-large}). */
  public void deadLetterFailed(String reason) {
    registry.counter("millrace.dlq.failures", REASON, reason).increment();
  }

  public void controlRecord() {
    controlRecords.increment();
  }

  public void controlMalformed() {
    controlMalformed.increment();
  }

  public void published() {
    published.increment();
  }

  public void publishFailed() {
    publishFailures.increment();
  }

  /** A request to publish was refused. */
  public void publishRejected(String reason) {
    registry.counter("millrace.publish.rejections", REASON, reason).increment();
  }

  /** A response of the probe is over. */
  public void probeEnded(String reason) {
    registry.counter("millrace.probes.ended", REASON, reason).increment();
  }

  /** A piece of a text has not the fields of one: it is passed on as it is. */
  public void malformedDelta() {
    registry.counter(DELTAS_MALFORMED).increment();
  }

  /** Runs were forgotten: their conversation was silent for long, or there were too many. */
  public void runsForgotten(int runs, String reason) {
    registry.counter("millrace.runs.forgotten", REASON, reason).increment(runs);
  }

  /** A stream was told that continuity could not be proven. */
  public void reset(String reason) {
    registry.counter("millrace.resets", REASON, reason).increment();
  }

  /** A request was refused. */
  public void rejected(String reason) {
    registry.counter("millrace.rejections", REASON, reason).increment();
  }

  /** A fence caught an exception; {@code where} names the fence. */
  public void fenced(String where) {
    registry.counter("millrace.fences", "where", where).increment();
  }

  public void gauge(String name, String description, Supplier<Number> value) {
    gauge(name, description, List.of(), value);
  }

  /** One of several of a name, told apart by a tag. */
  public void gauge(String name, String description, List<Tag> tags, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
