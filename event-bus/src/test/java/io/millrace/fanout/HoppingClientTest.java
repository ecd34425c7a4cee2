package io.millrace.fanout;

import static io.millrace.fanout.TestReplica.after;
import static io.millrace.fanout.TestReplica.event;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replicas read partitions in different orders and at different speeds; a client hops between them,
 * cut at any point, and must see every event of each partition once and in order.
 */
class HoppingClientTest {

  private static final Route ALICE = new Scope.User("alice");
  private static final Route BOB = new Scope.User("bob");
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 60;

  @ParameterizedTest
  @MethodSource("seeds")
  void losesAndRepeatsNothing(int seed) {
    Random random = new Random(seed);
    List<ReadingReplica> replicas =
        List.of(new ReadingReplica(random), new ReadingReplica(random), new ReadingReplica(random));
    List<String> seen = new ArrayList<>();
    String lastId = replicas.get(0).replica.tail.id(io.millrace.event.Positions.of(0, 0, 0, 0));

    while (!replicas.stream().allMatch(ReadingReplica::isDone)) {
      lastId = visit(replicas, random, lastId, seen);
    }
    visit(replicas, random, lastId, seen);

    for (int p = 0; p < PARTITIONS; p++) {
      int partition = p;
      assertEquals(
          IntStream.range(0, EVENTS)
              .filter(ReadingReplica::isForAlice)
              .mapToObj(offset -> partition + ":" + offset)
              .toList(),
          seen.stream().filter(data -> data.startsWith(partition + ":")).toList(),
          "partition " + p);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** One connection to a random replica, cut after a random part of what it was sent. */
  private static String visit(
      List<ReadingReplica> replicas, Random random, String lastId, List<String> seen) {
    ReadingReplica visited = replicas.get(random.nextInt(replicas.size()));
    RecordedStream stream = new RecordedStream();
    if (random.nextBoolean()) {
      stream.allow(1 + random.nextInt(400));
    }
    Subscriber subscriber = visited.replica.subscribe(stream, after(lastId), ALICE);
    int steps = random.nextInt(12);
    for (int i = 0; i < steps; i++) {
      replicas.get(random.nextInt(replicas.size())).readSome();
      if (random.nextInt(3) == 0) {
        stream.allow(1 + random.nextInt(400));
      }
      visited.replica.loop.runOne();
    }
    boolean last = replicas.stream().allMatch(ReadingReplica::isDone);
    if (last) {
      stream.allow(Integer.MAX_VALUE);
      visited.replica.loop.run();
    }
    visited.replica.shard.detach(subscriber);
    List<RecordedStream.Received> received = stream.received();
    int kept = last ? received.size() : random.nextInt(received.size() + 1);
    received.subList(0, kept).forEach(event -> seen.add(event.data()));
    return kept == 0 ? lastId : received.get(kept - 1).id();
  }

  /** Reads the same partitions as the others, interleaved in its own way. */
  private static final class ReadingReplica {
    final TestReplica replica = TestReplica.of(PARTITIONS);
    private final Random random;
    private final int[] next = new int[PARTITIONS];

    ReadingReplica(Random random) {
      this.random = random;
    }

    static boolean isForAlice(int offset) {
      return offset % 3 != 1;
    }

    boolean isDone() {
      return IntStream.of(next).allMatch(offset -> offset == EVENTS);
    }

    void readSome() {
      List<Event> batch = new ArrayList<>();
      for (int runs = random.nextInt(3); runs >= 0; runs--) {
        int partition = random.nextInt(PARTITIONS);
        int until = Math.min(EVENTS, next[partition] + random.nextInt(10));
        while (next[partition] < until) {
          int offset = next[partition]++;
          Route route = isForAlice(offset) ? ALICE : BOB;
          batch.add(event(partition, offset, partition + ":" + offset, route));
        }
      }
      if (!batch.isEmpty()) {
        replica.read(batch);
      }
    }
  }
}
