package io.millrace.cli.conformance.check;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.deployment.Surface;
import java.util.List;
import java.util.stream.Stream;

/** Every check, in the order in which a reader understands failures: the head first. */
public final class AllChecks {

  private AllChecks() {}

  /** A new list for each use: some checks look at what an earlier one has seen. */
  public static List<Check> of(Surface surface) {
    return Stream.of(
            HeadChecks.all(),
            OpeningChecks.all(),
            FrameChecks.all(),
            CursorChecks.all(),
            RefusalChecks.all(),
            CorsChecks.all(),
            LiveChecks.all(),
            PayloadChecks.all(),
            ResumeChecks.all(),
            surface == Surface.AI ? RunChecks.all() : List.<Check>of(),
            PostChecks.all(),
            new HeartbeatChecks().all())
        .flatMap(List::stream)
        .toList();
  }
}
