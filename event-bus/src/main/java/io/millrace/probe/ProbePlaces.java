package io.millrace.probe;

import io.millrace.config.ProbeConfig;
import io.millrace.subscribe.Problem;
import io.millrace.subscribe.Rejection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests of the probe over all event loops, apart from those for streams: examining a
 * service must not keep its clients out, nor the other way round. Any thread.
 */
final class ProbePlaces {

  private final AtomicInteger requests = new AtomicInteger();
  private final ConcurrentMap<String, Integer> streamsOfCallers = new ConcurrentHashMap<>();
  private final int maxStreams;
  private final int maxPerCaller;

  ProbePlaces(ProbeConfig config) {
    this.maxStreams = config.maxStreams();
    this.maxPerCaller = config.maxPerCaller();
  }

  /** Requests at the moment. */
  int taken() {
    return requests.get();
  }

  /** The place of a request that has just arrived. */
  Place place() {
    return new Place();
  }

  /** What one request counts for, until its response is over. The event loop of its connection. */
  final class Place {

    private Optional<String> caller = Optional.empty();
    private boolean entered;
    private boolean left;

    /** Asks to come in, before anything is spent on the request. */
    Optional<Rejection> enter() {
      entered = requests.getAndUpdate(n -> n < maxStreams ? n + 1 : n) < maxStreams;
      return entered ? Optional.empty() : tooMany("probe-max-streams", "of this replica");
    }

    /** Asks for a stream in the name of its caller. */
    Optional<Rejection> claim(String subject) {
      if (streamsOfCallers.merge(subject, 1, Integer::sum) > maxPerCaller) {
        release(subject);
        return tooMany("probe-max-per-caller", "of this caller");
      }
      caller = Optional.of(subject);
      return Optional.empty();
    }

    boolean hasLeft() {
      return left;
    }

    /** A second time does nothing. */
    void leave() {
      if (left) {
        return;
      }
      left = true;
      if (entered) {
        requests.decrementAndGet();
      }
      caller.ifPresent(ProbePlaces.this::release);
    }
  }

  private void release(String subject) {
    streamsOfCallers.computeIfPresent(subject, (key, held) -> held == 1 ? null : held - 1);
  }

  private static Optional<Rejection> tooMany(String reason, String whose) {
    Problem problem =
        new Problem(
            429, "Too Many Requests", "too many probes " + whose + " are open", Optional.empty());
    return Optional.of(new Rejection.Refused(reason, problem, Optional.empty()));
  }
}
