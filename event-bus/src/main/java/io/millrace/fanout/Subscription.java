package io.millrace.fanout;

import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a subscriber asked for.
 *
 * @param routes what it wants to hear
 * @param coalesceMillis how long deltas may wait to be merged with those that follow; 0 for not
 * @param isOver whether everything it asked for has ended, though it may not have been given all
 * @param profile how it is written
 */
public record Subscription(
    Set<Route> routes, int coalesceMillis, BooleanSupplier isOver, Profile profile) {

  /** Of what has no end. */
  public static final BooleanSupplier NEVER = () -> false;

  public Subscription {
    routes = Set.copyOf(routes);
  }

  /** Each event of these routes by itself and as it is, for as long as the stream is open. */
  public static Subscription of(Set<? extends Route> routes) {
    return new Subscription(Set.copyOf(routes), 0, NEVER, NativeProfile.INSTANCE);
  }

  /** Whether this event is the last of a run that was named. */
  boolean endsWith(Event event) {
    return event.ends().filter(routes::contains).isPresent();
  }
}
