package io.millrace.cli.doctor;

import io.millrace.cli.doctor.Diagnosis.Diagnosed;
import io.millrace.cli.doctor.Examination.Course;
import io.millrace.cli.doctor.check.Admission;
import io.millrace.cli.doctor.check.Chain;
import io.millrace.cli.doctor.check.Plan;
import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Obstacle;
import io.millrace.cli.doctor.finding.Obstructed;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.Recording;
import io.millrace.cli.doctor.probe.Seen;
import io.millrace.cli.doctor.tier.Rule;
import io.millrace.cli.doctor.tier.Suspects;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Examines a chain of proxies, and the origin beside it where there is something to compare.
 *
 * @param surface of a surface, or of its probe
 * @param origin the same surface without the chain
 * @param plans see {@link Examination}
 * @param progress what is being done, in half a sentence
 */
public record Doctor(
    URI surface,
    Optional<URI> origin,
    Optional<String> token,
    List<Plan> plans,
    Consumer<String> progress) {

  private static final int RUN_BYTES = 8;

  public Doctor {
    requireHttp(surface);
    origin.ifPresent(Doctor::requireHttp);
    plans = List.copyOf(plans);
  }

  private static void requireHttp(URI uri) {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("'" + uri + "' is not an http address");
    }
    if (uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("'" + uri + "' must have no user and no fragment");
    }
  }

  private static String newRun() {
    byte[] random = new byte[RUN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private Probe probe(URI of) {
    return new Probe(Admission.probeOf(of), newRun(), token);
  }

  public Diagnosis examine() throws InterruptedException {
    long start = System.nanoTime();
    Probe probe = probe(surface);
    try {
      Course course = new Examination(probe, plans, progress).examine();
      return diagnosis(probe, course, (System.nanoTime() - start) / 1_000_000_000);
    } catch (Obstructed obstructed) {
      return obstructed(probe, obstructed, (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  private Diagnosis diagnosis(Probe probe, Course course, long seconds)
      throws InterruptedException {
    Recording entry = course.entry();
    Suspects suspects = new Suspects(entry::header);
    Examined examined = course.examined();
    boolean ill = examined.findings().stream().anyMatch(each -> each.severity() != Severity.NOTE);
    Optional<Set<Ailment>> atOrigin = ill && origin.isPresent() ? atOrigin() : Optional.empty();
    Set<Ailment> told = new TreeSet<>();
    List<Diagnosed> findings =
        examined.findings().stream()
            .filter(each -> told.add(each.ailment()))
            .map(each -> diagnosed(each, suspects, atOrigin))
            .toList();
    String service = entry.seen().map(Seen::protocol).orElse("");
    return new Diagnosis(
        probe.uri(),
        List.of(entry.isHttp2() ? "HTTP/2" : "HTTP/1.1", service),
        suspects.visible(),
        findings,
        examined.notProven(),
        plans.get(plans.size() - 1).beyond(),
        Optional.empty(),
        seconds);
  }

  private Diagnosed diagnosed(Finding finding, Suspects suspects, Optional<Set<Ailment>> atOrigin) {
    var behind = suspects.behind(finding);
    String where =
        atOrigin
            .map(
                ill ->
                    ill.contains(finding.ailment())
                        ? "also at the origin: it is there, or behind it"
                        : "not at the origin: it is between here and there")
            .orElse("");
    Rule rule = Rule.of(finding.ailment(), behind.stream().findFirst());
    return new Diagnosed(finding, behind, rule, where);
  }

  /** What the origin has; empty when it can't be examined. */
  private Optional<Set<Ailment>> atOrigin() throws InterruptedException {
    progress.accept("the same at the origin");
    try {
      Course course =
          new Examination(probe(origin.orElseThrow()), plans.subList(0, 1), progress).examine();
      return Optional.of(course.examined().ailments());
    } catch (Obstructed obstructed) {
      progress.accept("the origin: " + obstructed.sentence());
      return Optional.empty();
    }
  }

  /** A token that the origin takes and the chain does not bring there is a finding. */
  private Diagnosis obstructed(Probe probe, Obstructed obstructed, long seconds)
      throws InterruptedException {
    boolean stripped =
        obstructed.obstacle() == Obstacle.TOKEN_REFUSED
            && token.isPresent()
            && origin.isPresent()
            && isAdmitted(probe(origin.get()));
    Finding finding =
        Finding.of(
            Ailment.HEADERS_STRIPPED,
            Severity.BROKEN,
            "authorization did not reach the service: the origin takes the token. "
                + obstructed.sentence());
    List<Diagnosed> findings =
        stripped
            ? List.of(
                new Diagnosed(
                    finding,
                    List.of(),
                    Rule.of(finding.ailment(), Optional.empty()),
                    "not at the origin: it is between here and there"))
            : List.of();
    return new Diagnosis(
        probe.uri(),
        List.of(),
        List.of(),
        findings,
        List.of(),
        stripped ? "everything else: no stream could be opened" : "",
        stripped ? Optional.empty() : Optional.of(obstructed),
        seconds);
  }

  private boolean isAdmitted(Probe at) throws InterruptedException {
    Recording entry = at.open(Chain.entryRequest(at, plans.get(0)));
    try {
      Admission.await(at, entry);
      return true;
    } catch (Obstructed alsoThere) {
      return false;
    } finally {
      entry.leave();
    }
  }
}
