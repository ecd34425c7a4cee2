package io.millrace.cli.doctor.tier;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.ingress.Capability;
import io.millrace.ingress.Tier;
import io.millrace.ingress.tier.Tiers;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tier is known for when nobody has set it up for streams: a fault, and the number that goes
 * with it. The limits of tiers with rules come from their capability table.
 */
record Habit(Ailment ailment, double least, double most, Suspect suspect) {

  private static final double ANY = Double.MAX_VALUE;

  /** A timer of whole seconds, and the time a cut takes to be seen. */
  private static final double TOLERANCE_SECONDS = 1.5;

  private static final List<Habit> OTHERS =
      List.of(
          new Habit(
              Ailment.EVENT_DELAY,
              120,
              270,
              new Suspect("haproxy", "HAProxy", "200 ms without http-no-delay")),
          new Habit(
              Ailment.EVENT_DELAY,
              80,
              119,
              new Suspect("", "a Go proxy", "its flush interval of 100 ms")),
          new Habit(
              Ailment.RESPONSE_BUFFERING_TAIL,
              0,
              ANY,
              new Suspect("nginx", "nginx", "known for just that")),
          new Habit(
              Ailment.HTTP10_UPSTREAM,
              0,
              ANY,
              new Suspect("nginx", "nginx", "the default before 1.29.7")),
          new Habit(
              Ailment.IDLE_CUT,
              29,
              31.5,
              new Suspect("azure-front-door", "Azure Front Door", "30 s")),
          new Habit(
              Ailment.IDLE_CUT,
              49,
              51.5,
              new Suspect("haproxy", "a HAProxy ingress controller", "50 s")),
          new Habit(Ailment.IDLE_CUT, 59, 61.5, new Suspect("", "AWS ALB", "60 s")),
          new Habit(
              Ailment.IDLE_CUT, 99, 122, new Suspect("cloudflare", "Cloudflare", "100 to 120 s")),
          new Habit(
              Ailment.IDLE_CUT,
              228,
              242,
              new Suspect("azure-app-service", "Azure App Service", "230 to 240 s")),
          new Habit(
              Ailment.IDLE_CUT, 238, 242, new Suspect("", "Azure load balancer", "4 minutes")),
          new Habit(
              Ailment.IDLE_CUT,
              299,
              302,
              new Suspect("", "Azure Application Gateway for Containers", "300 s")),
          new Habit(Ailment.IDLE_CUT, 349, 352, new Suspect("", "AWS NLB", "350 s")),
          new Habit(
              Ailment.TOTAL_CAP, 29, 31.5, new Suspect("", "a Google Cloud load balancer", "30 s")),
          new Habit(
              Ailment.SIZE_CAP,
              7.9e6,
              8.5e6,
              new Suspect("azure-front-door", "Azure Front Door", "8 MB")));

  /** Whoever is known for this. */
  static List<Suspect> behind(Finding finding) {
    List<Habit> all = new ArrayList<>(OTHERS);
    Tiers.ALL.forEach(tier -> all.addAll(of(tier)));
    return all.stream()
        .filter(habit -> habit.ailment == finding.ailment())
        .filter(habit -> habit.least <= finding.amount() && finding.amount() <= habit.most)
        .map(Habit::suspect)
        .toList();
  }

  private static List<Habit> of(Tier tier) {
    Capability capability = tier.capability();
    List<Habit> habits = new ArrayList<>();
    int idle = capability.idle().defaultSeconds();
    if (idle > 0) {
      habits.add(limit(Ailment.IDLE_CUT, idle, tier));
    }
    capability
        .totalDefaultSeconds()
        .ifPresent(total -> habits.add(limit(Ailment.TOTAL_CAP, total, tier)));
    return habits;
  }

  private static Habit limit(Ailment ailment, int seconds, Tier tier) {
    Suspect suspect = new Suspect(tier.id(), tier.title(), "its default of " + seconds + " s");
    return new Habit(ailment, seconds - TOLERANCE_SECONDS, seconds + TOLERANCE_SECONDS, suspect);
  }
}
