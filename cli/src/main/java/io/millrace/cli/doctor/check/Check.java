package io.millrace.cli.doctor.check;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Looks for a group of faults. On a thread of its own; it waits where it has to. */
@FunctionalInterface
public interface Check {

  Examined examine(Chain chain) throws InterruptedException;

  /**
   * The same check, which accuses only of what it saw twice: a machine that is busy for a moment
   * looks like a bad proxy once.
   */
  default Check twice() {
    return chain -> {
      Examined first = examine(chain);
      if (first.findings().stream().allMatch(each -> each.severity() == Severity.NOTE)) {
        return first;
      }
      Examined second = examine(chain);
      return first.ailments().equals(second.ailments())
          ? second
          : seenTwice(List.of(first, second, examine(chain)));
    };
  }

  private static Examined seenTwice(List<Examined> runs) {
    Map<Ailment, Finding> last = new EnumMap<>(Ailment.class);
    Map<Ailment, Integer> times = new EnumMap<>(Ailment.class);
    runs.forEach(
        run ->
            run.findings()
                .forEach(
                    finding -> {
                      last.put(finding.ailment(), finding);
                      times.merge(finding.ailment(), 1, Integer::sum);
                    }));
    last.keySet().removeIf(ailment -> times.getOrDefault(ailment, 0) < 2);
    return new Examined(List.copyOf(last.values()), runs.get(runs.size() - 1).notProven());
  }
}
