package io.millrace.cli.doctor;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Finding;
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

/**
 * What an examination came to.
 *
 * @param legs protocol to the first tier and at the service; empty where unknown
 * @param visible tiers that show in the head of a response
 * @param findings worst first
 * @param obstacle why nothing could be examined
 * @param seconds it took
 */
public record Diagnosis(
    URI probe,
    List<String> legs,
    List<Suspect> visible,
    List<Diagnosed> findings,
    List<String> notProven,
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
    notProven = List.copyOf(notProven);
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

  /** Of the obstacle, else of the worst finding. */
  public int exitStatus() {
    return obstacle.map(each -> each.obstacle().exitStatus()).orElse(severity().exitStatus());
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
