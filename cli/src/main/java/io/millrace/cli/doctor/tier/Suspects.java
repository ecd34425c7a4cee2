package io.millrace.cli.doctor.tier;

import io.millrace.cli.doctor.finding.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which tiers may be behind a finding: those that show, those known for it, best those that are
 * both.
 */
public final class Suspects {

  private final List<Suspect> visible;

  /**
   * @param headers of a response through the chain, by name
   */
  public Suspects(Function<String, String> headers) {
    visible = Mark.in(headers);
  }

  /** Who shows at all. */
  public List<Suspect> visible() {
    return distinct(visible);
  }

  /** Who may be behind this; empty when nothing points at anybody. */
  public List<Suspect> behind(Finding finding) {
    List<Suspect> known = Habit.behind(finding);
    Set<String> titles = visible.stream().map(Suspect::title).collect(Collectors.toSet());
    List<Suspect> both = known.stream().filter(each -> titles.contains(each.title())).toList();
    if (!both.isEmpty()) {
      return distinct(both);
    }
    return distinct(known.isEmpty() ? visible : known);
  }

  private static List<Suspect> distinct(List<Suspect> suspects) {
    Set<String> titles = new HashSet<>();
    return suspects.stream().filter(each -> titles.add(each.title())).toList();
  }
}
