package io.millrace.bench.replay;

import picocli.CommandLine.Option;

/** What can be chosen about a run. */
final class ReplayOptions {

  @Option(names = "--clients", description = "that come back (default: ${DEFAULT-VALUE})")
  int clients = 5_000;

  @Option(
      names = "--records",
      description = "over which their cursors are spread (default: ${DEFAULT-VALUE})")
  int records = 1_000_000;

  @Option(
      names = "--slices",
      description = "places where clients went away (default: ${DEFAULT-VALUE})")
  int slices = 50;

  @Option(
      names = "--tail",
      description =
          "millrace.tail.max-bytes, so that nobody is served from memory"
              + " (default: ${DEFAULT-VALUE})")
  String tail = "1M";

  @Option(names = "--rounds", description = "a fresh server each (default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--event-bytes", description = "size of the JSON (default: ${DEFAULT-VALUE})")
  int eventBytes = 208;

  @Option(names = "--small", description = "the sizes of a test, whatever else is said")
  void small(boolean small) {
    if (small) {
      clients = 20;
      records = 4_000;
      slices = 5;
      tail = "32K";
      rounds = 1;
    }
  }

  /** Events for each client between two places. */
  int perSlice() {
    return Math.max(1, records / clients / slices);
  }
}
