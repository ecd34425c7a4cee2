package io.millrace.cli.doctor.check;

import static io.millrace.cli.doctor.finding.Ailment.HEADERS_ALTERED;
import static io.millrace.cli.doctor.finding.Ailment.HEADERS_STRIPPED;
import static io.millrace.cli.doctor.finding.Ailment.HTTP10_UPSTREAM;
import static io.millrace.cli.doctor.finding.Ailment.HTTP1_BROWSER_LIMIT;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Fingerprint;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;
import io.millrace.cli.doctor.probe.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What of a request reaches the service: the first event of a response says what it saw. */
public final class Requests implements Check {

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    if (!chain.entry().isHttp2()) {
      findings.add(
          Finding.of(
              HTTP1_BROWSER_LIMIT,
              Severity.NOTE,
              "HTTP/1.1 from here to the first tier; pages that share a stream do not mind"));
    }
    Probe probe = chain.probe();
    Recording second =
        probe.play(
            ProbeRequest.of(Phase.HOLD, "headers").seconds(1).headers(Chain.marked(probe.run())));
    Optional<Seen> seen = second.seen().or(chain.entry()::seen);
    if (seen.isEmpty()) {
      return new Examined(
          findings, List.of("what the service saw of the request: it does not say"));
    }
    findings.addAll(judge(sent(probe), probe.run(), seen.get()));
    return new Examined(findings, List.of());
  }

  private static Map<String, String> sent(Probe probe) {
    Map<String, String> sent = new TreeMap<>();
    Chain.marked(probe.run())
        .forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value));
    sent.put("accept", "text/event-stream");
    probe.token().ifPresent(jwt -> sent.put("authorization", "Bearer " + jwt));
    return sent;
  }

  static List<Finding> judge(Map<String, String> sent, String run, Seen seen) {
    List<String> stripped =
        sent.keySet().stream().filter(name -> !seen.headers().contains(name)).toList();
    List<String> altered =
        sent.entrySet().stream()
            .filter(header -> seen.headers().contains(header.getKey()))
            .filter(header -> isOther(header, run, seen))
            .map(Map.Entry::getKey)
            .toList();
    List<Finding> findings = new ArrayList<>();
    headers(HEADERS_STRIPPED, stripped, "did not reach the service").ifPresent(findings::add);
    headers(HEADERS_ALTERED, altered, "reached the service with another value")
        .ifPresent(findings::add);
    if (seen.protocol().equals("HTTP/1.0")) {
      findings.add(
          Finding.of(
              HTTP10_UPSTREAM,
              Severity.SLOW,
              "the service was asked over HTTP/1.0: a connection for each stream, no chunks"));
    }
    return findings;
  }

  private static boolean isOther(Map.Entry<String, String> header, String run, Seen seen) {
    String fingerprint = seen.fingerprints().getOrDefault(header.getKey(), "");
    return !fingerprint.isEmpty() && !fingerprint.equals(Fingerprint.of(run, header.getValue()));
  }

  private static Optional<Finding> headers(Ailment ailment, List<String> names, String what) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    // Without its cursor a client loses what it missed; the others have a use in some set-ups only.
    Severity severity =
        names.contains("last-event-id") || names.contains("authorization")
            ? Severity.BROKEN
            : Severity.SLOW;
    return Optional.of(Finding.of(ailment, severity, String.join(", ", names) + " " + what));
  }
}
