package io.millrace.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The places of each holder (a caller, an address), oldest first, at most so many. Nothing is kept
 * of a holder without places. Any thread.
 */
final class Holders {

  private final ConcurrentMap<String, List<Place>> places = new ConcurrentHashMap<>();
  private final int limit;

  /**
   * @param limit most places of one holder; 0 for no limit, and then nothing is kept
   */
  Holders(int limit) {
    this.limit = limit;
  }

  boolean isLimited() {
    return limit > 0;
  }

  /** False when the holder has as many as it may. */
  boolean add(String holder, Place place) {
    boolean[] added = new boolean[1];
    places.compute(
        holder,
        (key, held) -> {
          List<Place> those = held == null ? new ArrayList<>(1) : held;
          added[0] = those.size() < limit && those.add(place);
          return those;
        });
    return added[0];
  }

  /** Adds it in any case; the place that had to go for it is no longer held. */
  Optional<Place> addReplacingOldest(String holder, Place place) {
    Place[] oldest = new Place[1];
    places.compute(
        holder,
        (key, held) -> {
          List<Place> those = held == null ? new ArrayList<>(1) : held;
          if (those.size() >= limit) {
            oldest[0] = those.remove(0);
          }
          those.add(place);
          return those;
        });
    return Optional.ofNullable(oldest[0]);
  }

  /** Does nothing when it is not held. */
  void remove(String holder, Place place) {
    places.computeIfPresent(
        holder,
        (key, held) -> {
          held.remove(place);
          return held.isEmpty() ? null : held;
        });
  }

  /** Number of holders with a place. */
  int size() {
    return places.size();
  }
}
