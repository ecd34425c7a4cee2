package io.millrace.cli.doctor.check;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Ending;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;

/** Whether a response may be as large as it likes: twice, since a limit is the same both times. */
public final class Sizes implements Check {

  /** The last events, and what a frame has beside its data. */
  private static final double WHOLE_SHARE = 0.98;

  private static final double SAME_SHARE = 0.02;

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    int asked = chain.plan().bytes();
    ProbeRequest request = ProbeRequest.of(Phase.BYTES, "bytes-" + asked).bytes(asked);
    Recording first = chain.probe().play(request);
    if (first.bytes() >= WHOLE_SHARE * asked) {
      return Examined.HEALTHY;
    }
    if (first.status() != 200 || first.ending() == Ending.LEFT) {
      return Examined.notProven("size-cap: %d bytes came, then %s".formatted(first.bytes(), first));
    }
    Recording second = chain.probe().play(request);
    boolean same =
        second.status() == 200
            && second.bytes() < WHOLE_SHARE * asked
            && Math.abs(first.bytes() - second.bytes()) <= SAME_SHARE * asked;
    return same
        ? Examined.found(
            new Finding(
                Ailment.SIZE_CAP,
                Severity.BROKEN,
                "of %d bytes %d came, and at the second time %d"
                    .formatted(asked, first.bytes(), second.bytes()),
                first.bytes()))
        : Examined.notProven(
            "size-cap: a response broke off after %d bytes, another after %d"
                .formatted(first.bytes(), second.bytes()));
  }
}
