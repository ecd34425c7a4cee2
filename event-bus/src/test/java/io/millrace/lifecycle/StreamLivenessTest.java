package io.millrace.lifecycle;

import static org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.UP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Positions;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.ReplaySource;
import io.millrace.fanout.Rider;
import io.millrace.fanout.Shard;
import io.millrace.fanout.ShardSettings;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class StreamLivenessTest {

  private Instant now = Instant.EPOCH;
  private Instant polled = now;
  private Instant replayed = now;
  private final TailLog tail = new TailLog(1 << 20, Duration.ofMinutes(15), () -> now);
  private final Fanout fanout =
      new Fanout(
          tail,
          new NoPast(),
          new ShardSettings("t", Duration.ofSeconds(25), 1000, 65_536, () -> now),
          new Meters(new SimpleMeterRegistry()));
  private final Shard first = fanout.shard(task -> task.run());
  private final Shard second = fanout.shard(task -> task.run());
  private final StreamLiveness liveness =
      new StreamLiveness(() -> polled, () -> replayed, fanout, () -> now);

  StreamLivenessTest() {
    tail.start("abc", Positions.of(0));
  }

  @Test
  void isUpWhileEveryThreadComesBy() {
    now = now.plus(StreamLiveness.LOOP_BOUND);
    first.tick();
    second.tick();
    polled = now;
    replayed = now;

    assertEquals(UP, status());
  }

  @Test
  void isDownWhenOneEventLoopIsStuck() {
    now = now.plus(StreamLiveness.LOOP_BOUND).plusSeconds(1);
    first.tick();
    polled = now;
    replayed = now;

    assertEquals(DOWN, status());
  }

  @Test
  void isDownWhenThePollThreadIsStuck() {
    now = now.plus(StreamLiveness.POLL_BOUND).plusSeconds(1);
    first.tick();
    second.tick();
    replayed = now;

    assertEquals(DOWN, status());
  }

  @Test
  void isDownWhenAReplayThreadIsStuck() {
    now = now.plus(StreamLiveness.POLL_BOUND).plusSeconds(1);
    first.tick();
    second.tick();
    polled = now;

    assertEquals(DOWN, status());
  }

  private Status status() {
    return liveness.call().getStatus();
  }

  private static final class NoPast implements ReplaySource {
    @Override
    public void await(Rider rider) {}

    @Override
    public void withdraw(Rider rider) {}
  }
}
