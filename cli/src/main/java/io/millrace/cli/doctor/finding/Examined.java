package io.millrace.cli.doctor.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of looking.
 *
 * @param notProven what could not be seen, and why; neither healthy nor ill
 */
public record Examined(List<Finding> findings, List<String> notProven) {

  public static final Examined HEALTHY = new Examined(List.of(), List.of());

  public Examined {
    findings = List.copyOf(findings);
    notProven = List.copyOf(notProven);
  }

  public static Examined found(Finding finding) {
    return new Examined(List.of(finding), List.of());
  }

  public static Examined notProven(String why) {
    return new Examined(List.of(), List.of(why));
  }

  public static Examined all(Collection<Examined> parts) {
    List<Finding> findings = new ArrayList<>();
    List<String> notProven = new ArrayList<>();
    for (Examined part : parts) {
      findings.addAll(part.findings);
      notProven.addAll(part.notProven);
    }
    return new Examined(findings, notProven);
  }

  /** Without what timings tell, where streams were shared: they are those of somebody else's. */
  public Examined withoutTimingsOfOthers() {
    if (!has(Ailment.SHARED_STREAM) || findings.stream().noneMatch(Examined::isOfTimings)) {
      return this;
    }
    List<Finding> others = findings.stream().filter(each -> !isOfTimings(each)).toList();
    return new Examined(others, notProven)
        .and(notProven("buffering and delays: the events of shared streams were sent to others"));
  }

  private static boolean isOfTimings(Finding finding) {
    return switch (finding.ailment()) {
      case RESPONSE_BUFFERING, RESPONSE_BUFFERING_TAIL, EVENT_DELAY, HEAD_HELD_BACK -> true;
      default -> false;
    };
  }

  public Examined and(Examined more) {
    return all(List.of(this, more));
  }

  public boolean has(Ailment ailment) {
    return findings.stream().anyMatch(finding -> finding.ailment() == ailment);
  }

  public Set<Ailment> ailments() {
    return findings.stream().map(Finding::ailment).collect(Collectors.toSet());
  }
}
