package io.millrace.bench.storm;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen about a storm. */
final class StormOptions {

  @Option(names = "--clients", description = "that come back (default: ${DEFAULT-VALUE})")
  int clients = 10_000;

  @Option(names = "--missed", description = "events by each (default: ${DEFAULT-VALUE})")
  int missed = 20;

  @Option(
      names = "--own",
      description = "each misses events of its own, not the same as all; no peer")
  boolean own;

  @Option(
      names = "--fresh-tokens",
      description = "a new token for each client before each wave: none can be remembered")
  boolean freshTokens;

  @Option(
      names = "--at-once",
      description = "clients on their way in the closed loop (default: ${DEFAULT-VALUE})")
  int atOnce = 256;

  @Option(
      names = "--waves",
      description = "of each kind, counted once the server is warm (default: ${DEFAULT-VALUE})")
  int waves = 4;

  @Option(
      names = "--warmup",
      description = "waves of each kind before those (default: ${DEFAULT-VALUE})")
  int warmup = 5;

  @Option(names = "--rounds", description = "a fresh server each (default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--event-bytes", description = "size of the JSON (default: ${DEFAULT-VALUE})")
  int eventBytes = 208;

  @Option(names = "--only", description = "leave the other server out: millrace or nchan")
  @Nullable String only;

  @Option(names = "--small", description = "the sizes of a test, whatever else is said")
  void small(boolean small) {
    if (small) {
      clients = 60;
      missed = 5;
      atOnce = 8;
      waves = 1;
      warmup = 1;
      rounds = 1;
    }
  }

  boolean includes(String contender) {
    return only == null || only.equals(contender);
  }
}
