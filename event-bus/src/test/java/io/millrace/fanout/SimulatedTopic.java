package io.millrace.fanout;

import static java.util.stream.Collectors.toCollection;

import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The log as the broker has it: what was produced, with gaps in its offsets, less what expired. */
final class SimulatedTopic {

  static final List<Route> ROUTES =
      List.of(new Scope.User("alice"), new Scope.User("bob"), Scope.Everyone.INSTANCE);

  private final Random random;
  private final List<List<Event>> partitions;
  private final long[] begin;
  private final long[] end;

  SimulatedTopic(int partitions, Random random) {
    this.random = random;
    this.partitions =
        IntStream.range(0, partitions)
            .<List<Event>>mapToObj(p -> new ArrayList<>())
            .collect(toCollection(ArrayList::new));
    this.begin = new long[partitions];
    this.end = new long[partitions];
  }

  void produce() {
    int partition = random.nextInt(end.length);
    for (int i = random.nextInt(6); i >= 0; i--) {
      // Control records and compaction leave gaps.
      long offset = end[partition] + (random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 0);
      Route route = ROUTES.get(random.nextInt(ROUTES.size()));
      String data = partition + ":" + offset;
      partitions.get(partition).add(TestReplica.event(partition, offset, data, route));
      end[partition] = offset + 1;
    }
  }

  /** Retention takes what is before this place of one partition. */
  void expire(int partition, long before) {
    begin[partition] = Math.max(begin[partition], before);
  }

  Positions begin() {
    return Positions.of(begin);
  }

  Positions end() {
    return Positions.of(end);
  }

  int partitions() {
    return end.length;
  }

  /** The next records of a partition that a consumer at this offset gets. */
  List<Event> read(int partition, long from, int max) {
    return partitions.get(partition).stream()
        .filter(event -> event.offset() >= Math.max(from, begin[partition]))
        .limit(max)
        .toList();
  }

  /** Everything between two places that is filed under this route. */
  Stream<Event> between(Positions from, Positions to, Route route) {
    return partitions.stream()
        .flatMap(List::stream)
        .filter(event -> event.routes().contains(route))
        .filter(event -> !from.isPast(event.partition(), event.offset()))
        .filter(event -> to.isPast(event.partition(), event.offset()));
  }
}
