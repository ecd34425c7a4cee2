package io.millrace.cli.doctor.check;

import static io.millrace.cli.doctor.finding.Ailment.EVENT_DELAY;
import static io.millrace.cli.doctor.finding.Ailment.HEAD_HELD_BACK;
import static io.millrace.cli.doctor.finding.Ailment.RESPONSE_BUFFERING;
import static io.millrace.cli.doctor.finding.Ailment.RESPONSE_BUFFERING_TAIL;

import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Arrival;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;
import io.millrace.cli.doctor.probe.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When events arrive, against when they were sent. The clocks of the two ends are never compared:
 * each response has its own zero, so only a lag beyond the least one, or beyond an ordinary
 * request's time, means something.
 */
public final class Timing implements Check {

  /** Fewer events say nothing. */
  private static final int MIN_EVENTS = 4;

  /** Two events that were sent apart arrive together: within this part of the time between. */
  private static final double TOGETHER_SHARE = 0.25;

  /** So much of the whole stream's time the first event must have been held. */
  private static final double HELD_SHARE = 0.2;

  /**
   * HAProxy without http-no-delay adds 200 ms, a flush interval often 100; a delayed ACK (40 ms)
   * and a busy machine stay below, since the least of all lags is judged.
   */
  private static final double DELAY_MILLIS = 50;

  /** Of the small events; one of two, less an odd one. */
  private static final double SMALL_SHARE = 0.4;

  /** An event that waited for the next one lags by the time between them, less some noise. */
  private static final double NEXT_SHARE = 0.7;

  /** Of two seconds of silence. */
  private static final double HEAD_MILLIS = 1000;

  /** The three responses that are compared. */
  record Traces(Trace silence, Trace small, Trace large) {}

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    Probe probe = chain.probe();
    Recording silence =
        probe.open(ProbeRequest.of(Phase.SILENCE, "silence").headers(Chain.marked(probe.run())));
    Recording small = probe.open(ProbeRequest.of(Phase.SMALL, "small"));
    Recording large = probe.open(ProbeRequest.of(Phase.LARGE, "large"));
    for (Recording each : List.of(silence, small, large)) {
      Probe.finish(each);
    }
    for (Recording each : List.of(small, large)) {
      if (each.arrivals().size() < MIN_EVENTS) {
        return Examined.notProven(
            "response-buffering and event-delay: the phase %s brought %d events (%s)"
                .formatted(each.request().phase().id(), each.arrivals().size(), each));
      }
    }
    return judge(
        new Traces(silence.trace(), small.trace(), large.trace()), chain.roundTripMillis());
  }

  static Examined judge(Traces traces, double roundTripMillis) {
    if (isHeld(traces.small())) {
      return Examined.found(held(traces.small()));
    }
    List<Finding> findings = new ArrayList<>();
    double delay = delay(traces, roundTripMillis);
    if (delay >= DELAY_MILLIS) {
      findings.add(
          new Finding(
              EVENT_DELAY,
              Severity.SLOW,
              text("each of %d events came %.0f ms late", traces.large().arrivals().size(), delay),
              delay));
    }
    double head = traces.silence().headMillis() - roundTripMillis;
    boolean headLate = !traces.silence().arrivals().isEmpty() && head >= HEAD_MILLIS;
    // nginx does both for one reason.
    Optional<Finding> tail = tail(traces.large(), delay, headLate);
    tail.ifPresent(findings::add);
    if (tail.isEmpty() && headLate) {
      String seen = text("the head came after %.0f ms, with the first event", head);
      findings.add(new Finding(HEAD_HELD_BACK, Severity.SLOW, seen, head));
    }
    return new Examined(findings, List.of());
  }

  private static boolean isHeld(Trace small) {
    List<Arrival> all = small.arrivals();
    long together =
        IntStream.range(1, all.size()).filter(n -> isTogether(all.get(n - 1), all.get(n))).count();
    double span = sentSpan(all);
    double first = all.get(0).lag() - small.leastLag();
    return together * 2 >= all.size() - 1 && first >= HELD_SHARE * span;
  }

  private static boolean isTogether(Arrival before, Arrival after) {
    double sent = after.event().serverMillis() - before.event().serverMillis();
    return after.millis() - before.millis() < TOGETHER_SHARE * sent;
  }

  private static double sentSpan(List<Arrival> all) {
    return all.get(all.size() - 1).event().serverMillis() - all.get(0).event().serverMillis();
  }

  private static Finding held(Trace small) {
    List<Arrival> all = small.arrivals();
    double arrived = all.get(all.size() - 1).millis() - all.get(0).millis();
    return new Finding(
        RESPONSE_BUFFERING,
        Severity.BROKEN,
        text(
            "%d events sent over %.0f ms arrived within %.0f ms, the first %.0f ms late",
            all.size(), sentSpan(all), arrived, all.get(0).lag() - small.leastLag()),
        all.get(0).lag() - small.leastLag());
  }

  /**
   * The delay that every event has. Only large ones are measured: where small ones are as close as
   * HAProxy's delay is long, every second rides along with the one before. But so many of the small
   * ones must have it that it is not a buffer which keeps the end of large ones.
   */
  private static double delay(Traces traces, double roundTripMillis) {
    Trace large = traces.large();
    double delay = large.secondLeastLag() - Math.min(roundTripMillis, large.headMillis());
    Trace small = traces.small();
    double prompt = Math.min(roundTripMillis, small.headMillis());
    long late = small.arrivals().stream().filter(each -> each.lag() - prompt >= delay / 2).count();
    return late >= SMALL_SHARE * small.arrivals().size() ? delay : 0;
  }

  /**
   * A buffer that passes on what is full and keeps the rest until more comes. Its mark is silence
   * before the last bytes, which a slow line does not have.
   */
  private static Optional<Finding> tail(Trace large, double delay, boolean headLate) {
    double prompt =
        delay >= DELAY_MILLIS
            ? large.secondLeastLag()
            : Math.min(large.leastLag(), large.headMillis());
    List<Integer> late =
        IntStream.range(0, large.arrivals().size())
            .filter(n -> waited(large, n, prompt))
            .boxed()
            .toList();
    List<Integer> sizes =
        late.stream().map(n -> large.arrivals().get(n).event().bytes() >> 10).sorted().toList();
    boolean oneSizeTwice =
        IntStream.range(1, sizes.size()).anyMatch(n -> sizes.get(n) - sizes.get(n - 1) <= 1);
    if (!oneSizeTwice) {
      return Optional.empty();
    }
    double least =
        late.stream().mapToDouble(n -> large.arrivals().get(n).lag() - prompt).min().orElse(0);
    return Optional.of(
        new Finding(
            RESPONSE_BUFFERING_TAIL,
            Severity.BROKEN,
            text(
                "%d of %d events, from %d KiB on, were complete only when the next one came, at"
                    + " least %.0f ms late%s",
                late.size(),
                large.arrivals().size(),
                sizes.get(0),
                least,
                headLate ? "; the head came with the first event" : ""),
            least));
  }

  private static boolean waited(Trace large, int index, double prompt) {
    Arrival arrival = large.arrivals().get(index);
    double asLongAs = NEXT_SHARE * large.gapAfter(index);
    return arrival.lag() - prompt >= asLongAs && arrival.quietMillis() >= asLongAs;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
