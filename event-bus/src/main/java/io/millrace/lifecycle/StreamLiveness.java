package io.millrace.lifecycle;

import io.millrace.fanout.Fanout;
import io.millrace.fanout.Shard;
import io.millrace.kafka.TopicTail;
import io.millrace.kafka.control.ControlTopic;
import io.millrace.kafka.replay.ReplayReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live: the poll thread, the replay and control threads and every event loop came by lately. A
 * process whose threads are stuck looks healthy from outside and delivers nothing.
 */
@Liveness
@Singleton
final class StreamLiveness implements HealthCheck {

  /** Above three broker time-outs in a row, which the poll thread may sit out at a start. */
  static final Duration POLL_BOUND = Duration.ofSeconds(60);

  /** Event loops tick each second and never block. */
  static final Duration LOOP_BOUND = Duration.ofSeconds(15);

  private final Supplier<Instant> lastPoll;
  private final Supplier<Instant> lastReplay;
  private final Fanout fanout;
  private final InstantSource clock;

  @Inject
  StreamLiveness(
      TopicTail tail, ReplayReader past, ControlTopic control, Fanout fanout, InstantSource clock) {
    this(() -> earlier(tail.lastTick(), control.lastTick()), past::lastTick, fanout, clock);
  }

  StreamLiveness(
      Supplier<Instant> lastPoll,
      Supplier<Instant> lastReplay,
      Fanout fanout,
      InstantSource clock) {
    this.lastPoll = lastPoll;
    this.lastReplay = lastReplay;
    this.fanout = fanout;
    this.clock = clock;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  @Override
  public HealthCheckResponse call() {
    Instant now = clock.instant();
    long stuck =
        fanout.shards().stream()
            .map(Shard::lastTick)
            .filter(tick -> tick.isBefore(now.minus(LOOP_BOUND)))
            .count();
    boolean polls = lastPoll.get().isAfter(now.minus(POLL_BOUND));
    boolean replays = lastReplay.get().isAfter(now.minus(POLL_BOUND));
    return HealthCheckResponse.named("threads")
        .status(polls && replays && stuck == 0)
        .withData("pollThread", polls)
        .withData("replayThreads", replays)
        .withData("stuckEventLoops", stuck)
        .build();
  }
}
