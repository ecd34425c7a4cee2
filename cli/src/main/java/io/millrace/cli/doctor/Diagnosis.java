package io.millrace.cli.doctor;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Obstacle;
import io.millrace.cli.doctor.finding.Obstructed;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.tier.Rule;
import io.millrace.cli.doctor.tier.Suspect;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an examination came to.
 *
 * @param legs protocol to the first tier and at the service; empty where unknown
 * @param visible tiers that show in the head of a response
 * @param findings worst first
 * @param gaps what should have been seen and could not be
 * @param beyond what was not looked for
 * @param obstacle why nothing could be examined
 * @param seconds it took
 */
public record Diagnosis(
    URI probe,
    List<String> legs,
    List<Suspect> visible,
    List<Diagnosed> findings,
    List<String> gaps,
    String beyond,
    Optional<Obstructed> obstacle,
    long seconds) {

  /**
   * A finding, who may be behind it, and what to do.
   *
   * @param where on which side of the origin; empty without one to compare with
   */
  public record Diagnosed(Finding finding, List<Suspect> suspects, Rule rule, String where) {

    public Diagnosed {
      suspects = List.copyOf(suspects);
    }
  }

  public Diagnosis {
    legs = List.copyOf(legs);
    visible = List.copyOf(visible);
    findings = findings.stream().sorted(WORST_FIRST).toList();
    gaps = List.copyOf(gaps);
  }

  private static final Comparator<Diagnosed> WORST_FIRST =
      Comparator.<Diagnosed, Severity>comparing(each -> each.finding().severity())
          .reversed()
          .thenComparing(each -> each.finding().ailment());

  /** The worst of all findings. */
  public Severity severity() {
    return findings.stream()
        .findFirst()
        .map(each -> each.finding().severity())
        .orElse(Severity.NOTE);
  }

  /** Whether nothing is known to be wrong, and something should have been looked at. */
  public boolean isInconclusive() {
    return faults().isEmpty() && !gaps.isEmpty();
  }

  /** Of the obstacle, else of the worst finding; nothing seen is not the same as no fault. */
  public int exitStatus() {
    int seen = isInconclusive() ? Obstacle.UNAVAILABLE.exitStatus() : severity().exitStatus();
    return obstacle.map(each -> each.obstacle().exitStatus()).orElse(seen);
  }

  /** All that is neither proven healthy nor ill. */
  public List<String> notProven() {
    return Stream.concat(gaps.stream(), Stream.of(beyond)).filter(each -> !each.isEmpty()).toList();
  }

  /** What is more than a note. */
  public Set<Ailment> faults() {
    return findings.stream()
        .map(Diagnosed::finding)
        .filter(finding -> finding.severity() != Severity.NOTE)
        .map(Finding::ailment)
        .collect(Collectors.toSet());
  }
}
