package io.millrace.fanout;

import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays of a {@link SimulatedTopic}, a step at a time, given up at any moment. */
final class SimulatedPast implements ReplaySource {

  private static final long WINDOW_BYTES = 8_000;

  private final Set<Rider> waiting = new LinkedHashSet<>();
  private final SimulatedTopic topic;
  private final Random random;
  private final InstantSource clock;
  private Optional<Scan> scan = Optional.empty();

  /** Set once: the replica and its past know each other. */
  private @Nullable TailLog tail;

  SimulatedPast(SimulatedTopic topic, Random random, InstantSource clock) {
    this.topic = topic;
    this.random = random;
    this.clock = clock;
  }

  void leadTo(TailLog next) {
    tail = next;
  }

  @Override
  public void await(Rider rider) {
    waiting.add(rider);
  }

  @Override
  public void withdraw(Rider rider) {
    waiting.remove(rider);
  }

  boolean isIdle() {
    return scan.isEmpty() && waiting.isEmpty();
  }

  void step() {
    if (scan.isPresent()) {
      scan.get().step();
    } else if (!waiting.isEmpty()) {
      begin();
    }
  }

  private void begin() {
    List<Rider> riders = new ArrayList<>(waiting);
    waiting.clear();
    riders.stream()
        .filter(rider -> !rider.from().covers(topic.begin()))
        .forEach(rider -> rider.reset(ResetReason.EXPIRED));
    riders.removeIf(rider -> !rider.from().covers(topic.begin()));
    if (!riders.isEmpty()) {
      scan = Optional.of(new Scan(riders));
    }
  }

  private final class Scan {
    private final TailLog log = new TailLog(WINDOW_BYTES, Duration.ofDays(1), clock);
    private final Replay replay = new Replay(log);
    private final Set<Route> wanted = new HashSet<>();
    private final long[] lookedAt;

    Scan(List<Rider> riders) {
      Positions start = riders.stream().map(Rider::from).reduce(topic.end(), Positions::min);
      lookedAt = start.copy(topic.partitions());
      log.start(TestReplica.EPOCH, start);
      riders.forEach(this::board);
    }

    private void board(Rider rider) {
      wanted.addAll(rider.routes());
      rider.board(replay);
    }

    void step() {
      Positions here = Positions.of(lookedAt);
      List<Rider> joining = waiting.stream().filter(r -> r.from().covers(here)).toList();
      joining.forEach(waiting::remove);
      joining.forEach(this::board);
      boolean arrived = tail != null && tail.resume(here).isPresent();
      boolean given = !here.covers(topic.begin()) || random.nextInt(40) == 0;
      if (arrived || given || replay.riders() == 0) {
        replay.finish(here);
        scan = Optional.empty();
      } else if (replay.unreadBytes() < WINDOW_BYTES / 2 || random.nextInt(4) == 0) {
        read(random.nextInt(topic.partitions()), 1 + random.nextInt(8));
        replay.publish();
      }
    }

    private void read(int partition, int max) {
      List<Event> events = topic.read(partition, lookedAt[partition], max);
      for (Event event : events) {
        if (event.routes().stream().anyMatch(wanted::contains)) {
          replay.append(event);
        }
        lookedAt[partition] = event.offset() + 1;
      }
      if (events.size() < max) {
        lookedAt[partition] = Math.max(lookedAt[partition], topic.end().at(partition));
      }
    }
  }
}
