package io.millrace.bench.drain;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What can be chosen about a run. */
final class DrainOptions {

  @Option(names = "--clients", description = "(default: ${DEFAULT-VALUE})")
  int clients = 8_000;

  @Option(
      names = "--window",
      description = "over which streams are to end, as ISO 8601 (default: ${DEFAULT-VALUE})")
  Duration window = Duration.ofSeconds(20);

  @Option(names = "--rate", description = "events a second meanwhile (default: ${DEFAULT-VALUE})")
  double rate = 4;

  @Option(names = "--rounds", description = "(default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--event-bytes", description = "size of the JSON (default: ${DEFAULT-VALUE})")
  int eventBytes = 208;

  @Option(names = "--small", description = "the sizes of a test, whatever else is said")
  void small(boolean small) {
    if (small) {
      clients = 60;
      window = Duration.ofSeconds(3);
      rounds = 1;
    }
  }
}
