package io.millrace.fanout;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.connection.CloseReason;
import io.millrace.connection.Lease;
import io.millrace.control.Credential;
import io.millrace.event.Cursor;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.sse.NativeProfile;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A replica without Kafka and sockets: its tail, one event loop, and a clock, all moved by hand.
 */
final class TestReplica {

  static final String EPOCH = "abc";
  static final Duration HEARTBEAT = Duration.ofSeconds(25);

  static final long CHECKPOINT_AFTER = 1000;

  /** Of every subscriber: a token of alice, issued at the beginning of time. */
  static final Credential CREDENTIAL =
      Credential.of("alice", Optional.of("token-1"), Optional.of(Instant.EPOCH));

  private static final long BYTES_PER_TURN = 64 * 1024;

  final ManualLoop loop = new ManualLoop();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final TailLog tail;
  final Fanout fanout;
  final Shard shard;
  Instant now = Instant.EPOCH;
  private final List<Timer> timers = new ArrayList<>();

  private record Timer(Instant due, Runnable task) {}

  /** Lets time pass on the event loop. */
  void elapse(Duration time) {
    now = now.plus(time);
    List<Timer> due = timers.stream().filter(timer -> !timer.due().isAfter(now)).toList();
    timers.removeAll(due);
    due.forEach(timer -> loop.execute(timer.task()));
    loop.run();
  }

  /** Timers that have not gone off. */
  int timers() {
    return timers.size();
  }

  /** Whose past is out of reach. */
  TestReplica(int partitions, long tailBytes) {
    this(partitions, tailBytes, BYTES_PER_TURN, new NoPast());
  }

  TestReplica(int partitions, long tailBytes, ReplaySource past) {
    this(partitions, tailBytes, BYTES_PER_TURN, past);
  }

  TestReplica(int partitions, long tailBytes, long bytesPerTurn, ReplaySource past) {
    Meters meters = new Meters(registry);
    tail = new TailLog(tailBytes, Duration.ofMinutes(15), () -> now);
    tail.start(EPOCH, Positions.of(new long[partitions]));
    ShardSettings settings =
        new ShardSettings(
            "t",
            HEARTBEAT,
            CHECKPOINT_AFTER,
            bytesPerTurn,
            () -> now,
            (executor, task, delay) -> timers.add(new Timer(now.plus(delay), task)));
    fanout = new Fanout(tail, past, settings, meters);
    shard = fanout.shard(loop);
  }

  static TestReplica of(int partitions) {
    return new TestReplica(partitions, 64 << 20);
  }

  static Event event(int partition, long offset, String data, Route... routes) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return new Event(partition, offset, Set.of(routes), "", bytes, false);
  }

  /** One poll's worth of events. */
  void read(Event... events) {
    read(List.of(events));
  }

  void read(List<Event> events) {
    long first = tail.end();
    events.forEach(tail::append);
    fanout.publish(first, events);
  }

  Subscriber subscribe(RecordedStream stream, ResumePoint point, Route... routes) {
    Lease lease = new Lease(now.plus(Duration.ofDays(1)), CloseReason.MAX_AGE);
    return subscribe(stream, point, lease, routes);
  }

  Subscriber subscribe(RecordedStream stream, ResumePoint point, Lease lease, Route... routes) {
    Subscriber subscriber =
        new Subscriber(Subscription.of(Set.of(routes)), stream, lease, CREDENTIAL, now);
    shard.attach(subscriber, point);
    return subscriber;
  }

  /** One who lets deltas wait. */
  Subscriber subscribe(RecordedStream stream, int coalesceMillis, Route... routes) {
    Subscription asked =
        new Subscription(
            Set.of(routes), coalesceMillis, Subscription.NEVER, NativeProfile.INSTANCE);
    return subscribe(stream, asked, ResumePoint.Live.INSTANCE);
  }

  Subscriber subscribe(RecordedStream stream, Subscription asked, ResumePoint point) {
    Lease lease = new Lease(now.plus(Duration.ofDays(1)), CloseReason.MAX_AGE);
    Subscriber subscriber = new Subscriber(asked, stream, lease, CREDENTIAL, now);
    shard.attach(subscriber, point);
    loop.run();
    return subscriber;
  }

  /** Where a client with this last id begins. */
  static ResumePoint after(String lastEventId) {
    return lastEventId.isEmpty()
        ? ResumePoint.Live.INSTANCE
        : new ResumePoint.After(Cursor.parse(lastEventId).orElseThrow().positions());
  }

  private static final class NoPast implements ReplaySource {
    @Override
    public void await(Rider rider) {
      rider.reset(ResetReason.EXPIRED);
    }

    @Override
    public void withdraw(Rider rider) {}
  }

  double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }
}
