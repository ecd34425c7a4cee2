package io.millrace.fanout;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connection.CloseReason;
import io.millrace.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tails, replays, cursors and shards of three replicas under one scheduler: who reads, who writes,
 * who stalls, who is cut, who is sent away and what expires is drawn from a seed. The tails are so
 * short that most resumes go through a replay.
 */
class SimulationTest {

  private static final int SCHEDULES = 1000;
  private static final int STEPS = 1000;
  private static final int PARTITIONS = 3;

  @Test
  void everyClientSeesEverythingOnceThroughAMillionSteps() {
    int events = 0;
    int resets = 0;
    for (int seed = 0; seed < SCHEDULES; seed++) {
      try {
        Run run = new Run(seed);
        run.go();
        events += run.clients.stream().mapToInt(SimulatedClient::events).sum();
        resets += run.clients.stream().mapToInt(SimulatedClient::resets).sum();
      } catch (AssertionError | RuntimeException found) {
        throw new AssertionError("seed " + seed + ": " + found.getMessage(), found);
      }
    }
    assertTrue(events > SCHEDULES, "the schedules deliver events");
    assertTrue(resets > 0, "the schedules reach retention");
  }

  private static final class Run {
    private final Random random;
    private final SimulatedTopic topic;
    private final List<SimulatedReplica> replicas;
    final List<SimulatedClient> clients = new ArrayList<>();

    Run(int seed) {
      random = new Random(seed);
      topic = new SimulatedTopic(PARTITIONS, random);
      replicas = IntStream.range(0, 3).mapToObj(i -> new SimulatedReplica(topic, random)).toList();
      SimulatedTopic.ROUTES.forEach(
          route -> {
            clients.add(new SimulatedClient(topic, route, random));
            clients.add(new SimulatedClient(topic, route, random));
          });
    }

    void go() {
      for (int i = 0; i < STEPS; i++) {
        step(any(clients), any(replicas));
      }
      clients.forEach(SimulatedClient::leave);
      replicas.forEach(SimulatedReplica::settle);
      for (SimulatedClient client : clients) {
        SimulatedReplica last = any(replicas);
        client.connect(last.replica);
        last.settle();
        client.leave();
        client.checkWhole();
      }
    }

    private void step(SimulatedClient client, SimulatedReplica replica) {
      int dice = random.nextInt(100);
      if (dice < 12) {
        topic.produce();
      } else if (dice < 30) {
        replica.read();
      } else if (dice < 60) {
        replica.run();
      } else if (dice < 80) {
        replica.past.step();
      } else if (dice < 82) {
        replica.tick();
      } else if (dice < 84) {
        replica.endOldest();
      } else if (dice < 92) {
        client.slowDown();
      } else if (dice < 99) {
        hop(client, replica);
      } else {
        expire();
      }
    }

    private static void hop(SimulatedClient client, SimulatedReplica replica) {
      if (client.isConnected()) {
        client.cut();
      } else {
        client.connect(replica.replica);
      }
    }

    /** Never what a replica has yet to read: that resets everyone, and is tested elsewhere. */
    private void expire() {
      int partition = random.nextInt(PARTITIONS);
      long read = replicas.stream().mapToLong(r -> r.next[partition]).min().orElseThrow();
      topic.expire(partition, random.nextLong(read + 1));
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }

  /** A replica that reads the topic in its own order. */
  private static final class SimulatedReplica {
    private static final long TAIL_BYTES = 6_000;

    /** A few events, so that sockets fill up in the middle of what is due. */
    private static final long BYTES_PER_TURN = 1_000;

    final SimulatedPast past;
    final TestReplica replica;
    final long[] next;
    private final SimulatedTopic topic;
    private final Random random;

    SimulatedReplica(SimulatedTopic topic, Random random) {
      this.topic = topic;
      this.random = random;
      this.next = new long[topic.partitions()];
      this.past = new SimulatedPast(topic, random, java.time.InstantSource.system());
      this.replica = new TestReplica(topic.partitions(), TAIL_BYTES, BYTES_PER_TURN, past);
      past.leadTo(replica.tail);
    }

    void read() {
      List<Event> batch = new ArrayList<>();
      for (int runs = random.nextInt(3); runs >= 0; runs--) {
        batch.addAll(read(random.nextInt(next.length), 1 + random.nextInt(6)));
      }
      if (!batch.isEmpty()) {
        replica.read(batch);
      }
    }

    private List<Event> read(int partition, int max) {
      List<Event> events = topic.read(partition, next[partition], max);
      events.forEach(event -> next[partition] = event.offset() + 1);
      return events;
    }

    void run() {
      for (int tasks = random.nextInt(4); tasks >= 0; tasks--) {
        replica.loop.runOne();
      }
    }

    void tick() {
      replica.now = replica.now.plusSeconds(random.nextInt(30));
      replica.shard.tick();
    }

    void endOldest() {
      replica.shard.closeOldest(1, CloseReason.MAX_AGE);
    }

    /** Reads everything and does everything that is to be done. */
    void settle() {
      for (int p = 0; p < next.length; p++) {
        List<Event> rest = read(p, Integer.MAX_VALUE);
        if (!rest.isEmpty()) {
          replica.read(rest);
        }
      }
      do {
        replica.loop.run();
        past.step();
      } while (!past.isIdle() || replica.loop.waiting() > 0);
    }
  }
}
