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
import io.millrace.cli.doctor.probe.ServerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Opens several streams at once, and leaves them early. First of all others, since who lets two
 * through would refuse those; {@link #departures} asks later whether the service saw us leave.
 */
public final class Connections implements Check {

  /** A stream opens at once; a tier that has no place lets it wait, or refuses. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** HAProxy before 3.3 notices at the next heartbeat that a client left. */
  private static final Duration RECOVERY = Duration.ofMillis(1500);

  /** Leaving later than this part of a stream's life shows nothing. */
  private static final double EARLY_SHARE = 0.6;

  /** A stream that was served for this part of its life was served to its end. */
  private static final double SERVED_SHARE = 0.9;

  /** Replicas whose report is asked for; each request goes to whichever the chain picks. */
  private static final int MAX_REPORTS = 8;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final List<Recording> left = new ArrayList<>();

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    if (chain.isHeldBack()) {
      return Examined.notProven("connection-cap: the chain holds streams back");
    }
    List<Recording> streams = open(chain, List.of(chain.entry()), "hold");
    List<Recording> opened = streams.stream().filter(Connections::isOpened).toList();
    if (opened.size() == streams.size()) {
      leave(streams);
      left.addAll(streams);
      awaitDepartures(chain);
      return Examined.HEALTHY;
    }
    leave(streams);
    Thread.sleep(RECOVERY.toMillis());
    List<Recording> again = open(chain, List.of(), "again");
    List<Recording> openedAgain = again.stream().filter(Connections::isOpened).toList();
    leave(again);
    Thread.sleep(RECOVERY.toMillis());
    // Of the first ones the entry may have ended meanwhile; these were asked for at once.
    int most = openedAgain.size();
    if (most < chain.plan().holdStreams()) {
      chain.probe().openAtMost(Math.max(1, most));
    }
    return judge(again, most);
  }

  /**
   * The probe counts a stream until it sees us leave, and would refuse what comes next. Through
   * some tiers that is the next heartbeat, through others never; then the streams end by
   * themselves.
   */
  private void awaitDepartures(Chain chain) throws InterruptedException {
    Set<String> names =
        left.stream().map(each -> each.request().name()).collect(Collectors.toSet());
    long deadline =
        System.nanoTime() + Duration.ofSeconds(chain.plan().holdSeconds() + 1L).toNanos();
    while (isOpenThere(chain.probe(), names) && System.nanoTime() < deadline) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private static boolean isOpenThere(Probe probe, Set<String> names) throws InterruptedException {
    return reported(probe).stream()
        .anyMatch(each -> names.contains(each.name()) && each.ended().equals("open"));
  }

  private static Examined judge(List<Recording> again, int most) {
    if (again.stream().anyMatch(Recording::isProbeFull)) {
      return Examined.notProven(
          "connection-cap: the probe has no more places; is another doctor at work?");
    }
    if (most >= again.size()) {
      return Examined.HEALTHY;
    }
    if (most == 0) {
      // A limit would have let one through, as it did the stream that the examination began with.
      return Examined.notProven(
          "connection-cap: none of %d streams at once opened within %d s"
              .formatted(again.size(), PATIENCE.toSeconds()));
    }
    Map<String, Long> others =
        again.stream()
            .filter(each -> !isOpened(each))
            .collect(
                Collectors.groupingBy(Connections::refusal, TreeMap::new, Collectors.counting()));
    return Examined.found(
        new Finding(
            Ailment.CONNECTION_CAP,
            Severity.BROKEN,
            "of %d streams at once %d opened; the others: %s"
                .formatted(again.size(), most, String.join(", ", others.keySet())),
            most));
  }

  private static String refusal(Recording recording) {
    return recording.status() == 0 && recording.failure().isEmpty()
        ? "no answer"
        : recording.toString();
  }

  private static List<Recording> open(Chain chain, List<Recording> open, String name)
      throws InterruptedException {
    List<Recording> streams = new ArrayList<>(open);
    for (int n = streams.size(); n < chain.plan().holdStreams(); n++) {
      streams.add(
          chain
              .probe()
              .open(
                  ProbeRequest.of(Phase.HOLD, name + "-" + n).seconds(chain.plan().holdSeconds())));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Recording each : streams) {
      each.awaitFirstEvent(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    return streams;
  }

  private static boolean isOpened(Recording recording) {
    return !recording.arrivals().isEmpty();
  }

  private static void leave(List<Recording> streams) {
    streams.forEach(Recording::leave);
  }

  /** What the service says of the streams that were left, and of requests it got twice. */
  public Examined departures(Chain chain) throws InterruptedException {
    List<ServerReport.Request> requests = reported(chain.probe());
    if (requests.isEmpty()) {
      return Examined.notProven("ghost-subscribers and duplicate-requests: there is no report");
    }
    return ghosts(chain.plan(), requests).and(duplicates(chain.probe(), requests));
  }

  private static List<ServerReport.Request> reported(Probe probe) throws InterruptedException {
    Map<String, ServerReport> byReplica = new TreeMap<>();
    for (int n = 0; n < MAX_REPORTS; n++) {
      probe.report().ifPresent(report -> byReplica.put(report.replica(), report));
    }
    return byReplica.values().stream().flatMap(report -> report.requests().stream()).toList();
  }

  private Examined ghosts(Plan plan, List<ServerReport.Request> requests) {
    double life = plan.holdSeconds() * 1000.0;
    List<String> early =
        left.stream()
            .filter(each -> each.ending() == Ending.LEFT)
            .filter(each -> each.endMillis() < EARLY_SHARE * life)
            .map(each -> each.request().name())
            .toList();
    List<ServerReport.Request> known =
        requests.stream().filter(each -> early.contains(each.name())).toList();
    List<ServerReport.Request> served =
        known.stream()
            .filter(each -> !each.ended().equals("client"))
            .filter(
                each -> each.livedMillis() >= SERVED_SHARE * life || each.ended().equals("open"))
            .toList();
    if (known.isEmpty()) {
      return Examined.notProven("ghost-subscribers: the report does not know the streams we left");
    }
    return served.size() < 2 || served.size() * 2 < known.size()
        ? Examined.HEALTHY
        : Examined.found(
            Finding.of(
                Ailment.GHOST_SUBSCRIBERS,
                Severity.SLOW,
                "of %d streams left at once, the service served %d to their end after %d s"
                    .formatted(known.size(), served.size(), plan.holdSeconds())));
  }

  private static Examined duplicates(Probe probe, List<ServerReport.Request> requests) {
    Map<String, Long> seen =
        requests.stream()
            .map(ServerReport.Request::name)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Map<String, Integer> sent = probe.sent();
    List<String> repeated =
        seen.entrySet().stream()
            .filter(each -> each.getValue() > sent.getOrDefault(each.getKey(), 0))
            .map(each -> each.getKey() + " " + each.getValue() + " times")
            .sorted()
            .toList();
    return repeated.isEmpty()
        ? Examined.HEALTHY
        : Examined.found(
            Finding.of(
                Ailment.DUPLICATE_REQUESTS,
                Severity.SLOW,
                "the service got a request more often than it was sent: "
                    + String.join(", ", repeated)));
  }
}
