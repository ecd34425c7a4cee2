package io.millrace.cli.conformance.check;

import io.millrace.cli.conformance.Check;
import java.util.List;
import java.util.stream.Stream;

/** Every check, in the order in which a reader understands failures: the head first. */
public final class AllChecks {

  private AllChecks() {}

  /** A new list for each run: some checks look at what an earlier one has seen. */
  public static List<Check> forOneRun() {
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
            PostChecks.all(),
            new HeartbeatChecks().all())
        .flatMap(List::stream)
        .toList();
  }
}
