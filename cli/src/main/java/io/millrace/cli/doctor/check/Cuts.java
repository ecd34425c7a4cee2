package io.millrace.cli.doctor.check;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Ending;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who ends a stream that lives, and after how long: silent ones of several lengths beside ones that
 * always flow. One that flows and is cut all the same has met a limit of the total time.
 */
public final class Cuts implements Check {

  /** Two cuts are the same limit when they differ by no more; timers of proxies are coarse. */
  private static final double SAME_SHARE = 0.12;

  private static final double SAME_MILLIS = 700;

  /** A stream that is cut more often than each minute is no stream. */
  private static final double SHORT_TOTAL_SECONDS = 60;

  /** An event that comes so shortly before the end is the last one. */
  private static final double LAST_MILLIS = 200;

  /** A beat may be lost or late. */
  private static final int SAFE_BEATS = 3;

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    if (chain.isHeldBack()) {
      return Examined.notProven("idle-cut and total-cap: the chain holds streams back");
    }
    Plan plan = chain.plan();
    List<Recording> idle = new ArrayList<>();
    List<Recording> total = new ArrayList<>();
    for (int seconds : plan.idleSeconds()) {
      String name = "idle-" + seconds + "-" + idle.size();
      idle.add(chain.probe().open(ProbeRequest.of(Phase.IDLE, name).seconds(seconds)));
    }
    for (int n = 0; n < plan.totals(); n++) {
      total.add(
          chain
              .probe()
              .open(
                  ProbeRequest.of(Phase.TOTAL, "total-" + plan.totalSeconds() + "-" + n)
                      .seconds(plan.totalSeconds())));
    }
    for (Recording each : idle) {
      Probe.finish(each);
    }
    for (Recording each : total) {
      Probe.finish(each);
    }
    return judge(idle, total, chain.heartbeatSeconds());
  }

  static Examined judge(List<Recording> idle, List<Recording> total, int heartbeatSeconds) {
    List<Recording> all = new ArrayList<>(idle);
    all.addAll(total);
    long unanswered = all.stream().filter(each -> each.arrivals().isEmpty()).count();
    List<Double> lives = total.stream().filter(Cuts::isCut).map(Recording::endMillis).toList();
    List<Double> silences =
        idle.stream()
            .filter(Cuts::isCut)
            .filter(each -> lives.isEmpty() || !isSame(each.endMillis(), lives.get(0)))
            .map(each -> each.endMillis() - each.lastByteMillis())
            .toList();
    Examined examined = totalCap(lives).and(idleCut(silences, heartbeatSeconds));
    return unanswered == 0
        ? examined
        : examined.and(
            Examined.notProven(
                "idle-cut and total-cap: %d of %d streams brought no event"
                    .formatted(unanswered, all.size())));
  }

  /** Began, and ended without its last event. */
  private static boolean isCut(Recording recording) {
    double late = 1000 * recording.request().seconds() - LAST_MILLIS;
    boolean whole =
        recording.arrivals().stream().anyMatch(each -> each.event().serverMillis() >= late);
    return !recording.arrivals().isEmpty()
        && !whole
        && recording.ending() != Ending.LEFT
        && recording.endMillis() < late + recording.headMillis();
  }

  private static Examined totalCap(List<Double> lives) {
    if (lives.isEmpty()) {
      return Examined.HEALTHY;
    }
    Optional<Double> limit = agreed(lives);
    if (limit.isEmpty()) {
      return Examined.notProven("total-cap: streams that flow broke off " + seconds(lives));
    }
    double seconds = limit.get() / 1000;
    return Examined.found(
        new Finding(
            Ailment.TOTAL_CAP,
            seconds < SHORT_TOTAL_SECONDS ? Severity.BROKEN : Severity.SLOW,
            "streams with an event every second were cut " + seconds(lives),
            seconds));
  }

  private static Examined idleCut(List<Double> silences, int heartbeatSeconds) {
    if (silences.isEmpty()) {
      return Examined.HEALTHY;
    }
    double least = silences.stream().mapToDouble(Double::doubleValue).min().orElse(0) / 1000;
    boolean harmless = least > SAFE_BEATS * heartbeatSeconds;
    Optional<Double> limit = agreed(silences);
    if (limit.isEmpty() && !harmless) {
      return Examined.notProven("idle-cut: silent streams broke off " + seconds(silences));
    }
    double seconds = limit.orElse(least * 1000) / 1000;
    Severity severity =
        harmless ? Severity.NOTE : seconds > heartbeatSeconds ? Severity.SLOW : Severity.BROKEN;
    return Examined.found(
        new Finding(
            Ailment.IDLE_CUT,
            severity,
            "silent streams were cut %s; the heartbeat comes every %d s"
                .formatted(seconds(silences), heartbeatSeconds),
            seconds));
  }

  /** The time that at least two cuts share; the first ones, when there are several. */
  private static Optional<Double> agreed(List<Double> cuts) {
    List<Double> sorted = cuts.stream().sorted().toList();
    for (int n = 1; n < sorted.size(); n++) {
      if (isSame(sorted.get(n - 1), sorted.get(n))) {
        return Optional.of(sorted.get(n - 1));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(double one, double other) {
    return Math.abs(one - other) <= Math.max(SAME_MILLIS, SAME_SHARE * Math.max(one, other));
  }

  private static String seconds(List<Double> millis) {
    List<String> texts =
        millis.stream()
            .sorted()
            .map(each -> String.format(Locale.ROOT, "%.1f", each / 1000))
            .distinct()
            .toList();
    return "after " + String.join(", ", texts) + " s";
  }
}
