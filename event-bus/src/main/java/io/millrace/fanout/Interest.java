package io.millrace.fanout;

import io.millrace.event.Route;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which lanes have followers for a route: what the poll thread asks before it crosses threads. A
 * record nobody wants costs one look-up here. Written by event loops, read by the poll thread.
 */
final class Interest {

  private static final Lane[] NOBODY = {};

  private final ConcurrentMap<Route, Lane[]> lanes = new ConcurrentHashMap<>();

  Lane[] of(Route route) {
    return lanes.getOrDefault(route, NOBODY);
  }

  void add(Route route, Lane lane) {
    lanes.merge(
        route,
        new Lane[] {lane},
        (known, added) -> {
          Lane[] more = Arrays.copyOf(known, known.length + 1);
          more[known.length] = lane;
          return more;
        });
  }

  void remove(Route route, Lane lane) {
    lanes.computeIfPresent(
        route,
        (r, known) -> {
          Lane[] rest = Arrays.stream(known).filter(l -> l != lane).toArray(Lane[]::new);
          return rest.length == 0 ? null : rest;
        });
  }

  /** Number of routes somebody wants. */
  int size() {
    return lanes.size();
  }
}
