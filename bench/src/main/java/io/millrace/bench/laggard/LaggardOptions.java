package io.millrace.bench.laggard;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What can be chosen about a run. */
final class LaggardOptions {

  @Option(names = "--live", description = "clients that are not behind (default: ${DEFAULT-VALUE})")
  int live = 2_000;

  @Option(names = "--behind", description = "events (default: ${DEFAULT-VALUE})")
  int behind = 500_000;

  @Option(names = "--rate", description = "live events a second (default: ${DEFAULT-VALUE})")
  double rate = 10;

  @Option(names = "--rounds", description = "a fresh server each (default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--event-bytes", description = "size of the JSON (default: ${DEFAULT-VALUE})")
  int eventBytes = 208;

  @Option(names = "--warmup", description = "as ISO 8601 (default: ${DEFAULT-VALUE})")
  Duration warmup = Duration.ofSeconds(10);

  @Option(
      names = "--time",
      description = "measured without the laggard (default: ${DEFAULT-VALUE})")
  Duration time = Duration.ofSeconds(15);

  @Option(names = "--small", description = "the sizes of a test, whatever else is said")
  void small(boolean small) {
    if (small) {
      live = 30;
      behind = 3_000;
      rate = 20;
      rounds = 1;
      warmup = Duration.ofMillis(200);
      time = Duration.ofSeconds(1);
    }
  }
}
