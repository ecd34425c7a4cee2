package io.millrace.fanout;

import io.millrace.event.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The followers of one lane by route. Its event loop only. */
final class RouteIndex {

  private final Map<Route, Set<Subscriber>> subscribers = new HashMap<>();
  private final Interest interest;
  private final Lane lane;

  RouteIndex(Interest interest, Lane lane) {
    this.interest = interest;
    this.lane = lane;
  }

  Set<Route> routes() {
    return subscribers.keySet();
  }

  Collection<Subscriber> of(Route route) {
    return subscribers.getOrDefault(route, Set.of());
  }

  void add(Subscriber subscriber) {
    for (Route route : subscriber.routes()) {
      subscribers
          .computeIfAbsent(
              route,
              first -> {
                interest.add(route, lane);
                return new LinkedHashSet<>();
              })
          .add(subscriber);
    }
  }

  void remove(Subscriber subscriber) {
    for (Route route : subscriber.routes()) {
      subscribers.computeIfPresent(
          route,
          (r, those) -> {
            those.remove(subscriber);
            if (!those.isEmpty()) {
              return those;
            }
            interest.remove(route, lane);
            return null;
          });
    }
  }
}
