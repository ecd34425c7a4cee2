package io.millrace.cli.doctor;

import io.millrace.cli.doctor.Diagnosis.Diagnosed;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.tier.Suspect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A diagnosis for a reader: what, how it shows, who it may be, what to do. */
public final class TextReport {

  private TextReport() {}

  public static String of(Diagnosis diagnosis) {
    List<String> lines = new ArrayList<>();
    lines.add(diagnosis.probe().toString());
    if (diagnosis.obstacle().isPresent()) {
      lines.add("");
      diagnosis
          .obstacle()
          .ifPresent(each -> lines.add(each.obstacle().id() + ": " + each.sentence()));
      return text(lines);
    }
    legs(diagnosis, lines);
    diagnosis.findings().forEach(each -> finding(each, lines));
    lines.add("");
    diagnosis.notProven().forEach(each -> lines.add("not proven: " + each));
    lines.add(verdict(diagnosis));
    return text(lines);
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void legs(Diagnosis diagnosis, List<String> lines) {
    if (diagnosis.legs().isEmpty()) {
      return;
    }
    String service = diagnosis.legs().get(1);
    String shows =
        diagnosis.visible().isEmpty()
            ? "no tier names itself"
            : "shows: " + names(diagnosis.visible());
    lines.add(
        "%s to the first tier, %s at the service; %s"
            .formatted(diagnosis.legs().get(0), service.isEmpty() ? "unknown" : service, shows));
  }

  private static void finding(Diagnosed diagnosed, List<String> lines) {
    Finding finding = diagnosed.finding();
    lines.add("");
    lines.add(finding.severity() + ": " + finding.ailment().id());
    lines.add("  " + finding.ailment().sentence() + ".");
    lines.add("  seen:   " + finding.evidence());
    if (finding.severity() == Severity.NOTE) {
      return;
    }
    if (!diagnosed.where().isEmpty()) {
      lines.add("  where:  " + diagnosed.where());
    }
    lines.add(
        "  likely: "
            + (diagnosed.suspects().isEmpty()
                ? "not proven; no tier names itself"
                : names(diagnosed.suspects())));
    lines.add("  rule:   " + diagnosed.rule().place() + "  " + diagnosed.rule().text());
  }

  private static String names(List<Suspect> suspects) {
    return suspects.stream().map(Suspect::toString).collect(Collectors.joining(", "));
  }

  private static String verdict(Diagnosis diagnosis) {
    int faults = diagnosis.faults().size();
    String found =
        faults == 0 ? "No fault found" : faults == 1 ? "1 fault found" : faults + " faults found";
    String but = diagnosis.isInconclusive() ? ", but not all could be examined" : "";
    return "%s%s, in %d s.".formatted(found, but, diagnosis.seconds());
  }
}
