package io.millrace.fanout;

import io.millrace.event.Route;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which shards have subscribers for a route: what the poll thread asks before it crosses threads. A
 * record nobody wants costs one look-up here. Written by event loops, read by the poll thread.
 */
final class Interest {

  private static final Shard[] NOBODY = {};

  private final ConcurrentMap<Route, Shard[]> shards = new ConcurrentHashMap<>();

  Shard[] of(Route route) {
    return shards.getOrDefault(route, NOBODY);
  }

  void add(Route route, Shard shard) {
    shards.merge(
        route,
        new Shard[] {shard},
        (known, added) -> {
          Shard[] more = Arrays.copyOf(known, known.length + 1);
          more[known.length] = shard;
          return more;
        });
  }

  void remove(Route route, Shard shard) {
    shards.computeIfPresent(
        route,
        (r, known) -> {
          Shard[] rest = Arrays.stream(known).filter(s -> s != shard).toArray(Shard[]::new);
          return rest.length == 0 ? null : rest;
        });
  }

  /** Number of routes somebody wants. */
  int size() {
    return shards.size();
  }
}
