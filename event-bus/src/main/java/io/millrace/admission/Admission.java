package io.millrace.admission;

import io.millrace.config.MillraceConfig;
import io.millrace.config.MillraceConfig.PerCallerMode;
import io.millrace.telemetry.Meters;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the streams of this replica over all event loops, and says when there are enough: of all,
 * of one caller, of one address. A request holds a {@link Place} from its arrival on, so that many
 * that arrive together can't pass a limit together. Any thread.
 */
public final class Admission {

  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger authenticating = new AtomicInteger();
  private final int maxStreams;
  private final int maxAuthenticating;
  private final boolean endsOldest;
  private final Holders callers;
  private final Holders addresses;
  private volatile boolean draining;

  /**
   * @param maxConnections most connections that the process's files allow
   */
  public Admission(MillraceConfig.Limits limits, int maxConnections, Meters meters) {
    maxStreams = Math.min(limits.maxStreams(), Descriptors.maxStreams(maxConnections));
    maxAuthenticating = limits.maxAuthenticating();
    endsOldest = limits.perCallerMode() == PerCallerMode.END_OLDEST;
    callers = new Holders(limits.maxStreamsPerCaller());
    addresses = new Holders(limits.maxStreamsPerAddress());
    meters.gauge("millrace.limits.max.streams", "Most streams of this replica", () -> maxStreams);
    meters.gauge(
        "millrace.authenticating", "Requests whose token is being verified", authenticating::get);
    meters.gauge(
        "millrace.draining", "1 while this replica ends its streams", () -> draining ? 1 : 0);
    meters.gauge("millrace.callers", "Callers with a stream, where limited", callers::size);
  }

  /** Most streams at a time. */
  public int maxStreams() {
    return maxStreams;
  }

  /** The place of a request that has just arrived. */
  public Place place() {
    return new Place(this);
  }

  /** From now on nobody gets in. */
  public void drain() {
    draining = true;
  }

  /** Whether this replica goes away. */
  public boolean isDraining() {
    return draining;
  }

  boolean count() {
    return increment(streams, maxStreams);
  }

  void uncount() {
    streams.decrementAndGet();
  }

  boolean startAuthenticating() {
    return increment(authenticating, maxAuthenticating);
  }

  void endAuthenticating() {
    authenticating.decrementAndGet();
  }

  boolean endsOldest() {
    return endsOldest;
  }

  Holders callers() {
    return callers;
  }

  Holders addresses() {
    return addresses;
  }

  private static boolean increment(AtomicInteger count, int limit) {
    return count.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
  }
}
