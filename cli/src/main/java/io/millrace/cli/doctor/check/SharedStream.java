package io.millrace.cli.doctor.check;

import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;

/**
 * Two requests for the very same address at once, as all users of a surface make them, and a third
 * after them. The service gives each response an id; seen twice, it is a cache's.
 */
public final class SharedStream implements Check {

  /** A second request that waited for the end of the first ends about two seconds later. */
  private static final double AFTER_MILLIS = 1000;

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    Probe probe = chain.probe();
    ProbeRequest same = ProbeRequest.of(Phase.SMALL, "shared");
    Recording first = probe.open(same);
    Recording second = probe.open(same);
    Probe.finish(first);
    Probe.finish(second);
    Recording third = probe.open(same);
    third.awaitFirstEvent(same.longest());
    third.leave();
    return judge(first, second, third);
  }

  private static Examined judge(Recording first, Recording second, Recording third) {
    String one = connection(first);
    if (one.isEmpty() || connection(second).isEmpty()) {
      return Examined.notProven(
          "shared-stream: two requests at once were answered %s and %s".formatted(first, second));
    }
    if (one.equals(connection(second))) {
      return Examined.found(
          shared("two requests at once got the stream " + Printable.quoted(one), second));
    }
    if (one.equals(connection(third)) || connection(second).equals(connection(third))) {
      return Examined.found(
          shared("a later request got a stream that was over, from its first event on", third));
    }
    Recording earlier = first.endMillis() <= second.endMillis() ? first : second;
    Recording later = earlier.equals(first) ? second : first;
    boolean waited =
        later.headMillis() >= earlier.endMillis() - AFTER_MILLIS / 2
            && later.endMillis() - earlier.endMillis() >= AFTER_MILLIS;
    return waited
        ? Examined.found(
            Finding.of(
                Ailment.CONNECTION_CAP,
                Severity.BROKEN,
                "the second request for the same address was answered only when the first had"
                    + " ended, after %.0f ms: a cache's lock".formatted(later.headMillis())))
        : Examined.HEALTHY;
  }

  private static Finding shared(String what, Recording recording) {
    String age = recording.header("Age");
    String evidence = age.isEmpty() ? what : what + "; Age: " + Printable.of(age);
    return Finding.of(Ailment.SHARED_STREAM, Severity.SECURITY, evidence);
  }

  private static String connection(Recording recording) {
    return recording.arrivals().stream()
        .findFirst()
        .map(arrival -> arrival.event().connection())
        .orElse("");
  }
}
