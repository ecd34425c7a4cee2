package io.millrace.bench.stalled;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What can be chosen about a run. */
final class StalledOptions {

  @Option(names = "--live", description = "clients that read (default: ${DEFAULT-VALUE})")
  int live = 7_000;

  @Option(names = "--stalled", description = "clients that stop (default: ${DEFAULT-VALUE})")
  int stalled = 1_000;

  @Option(
      names = "--rounds",
      description = "with and without, in turns (default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--rate", description = "events a second (default: ${DEFAULT-VALUE})")
  double rate = 8;

  @Option(names = "--event-bytes", description = "size of the JSON (default: ${DEFAULT-VALUE})")
  int eventBytes = 208;

  @Option(
      names = "--fill-events",
      description = "that fill the buffers of those who stopped (default: ${DEFAULT-VALUE})")
  int fillEvents = 256;

  @Option(names = "--fill-bytes", description = "size of each (default: ${DEFAULT-VALUE})")
  int fillBytes = 2_048;

  @Option(names = "--warmup", description = "as ISO 8601 (default: ${DEFAULT-VALUE})")
  Duration warmup = Duration.ofSeconds(10);

  @Option(names = "--time", description = "measured (default: ${DEFAULT-VALUE})")
  Duration time = Duration.ofSeconds(20);

  @Option(names = "--small", description = "the sizes of a test, whatever else is said")
  void small(boolean small) {
    if (small) {
      live = 30;
      stalled = 10;
      rounds = 1;
      rate = 20;
      warmup = Duration.ofMillis(200);
      time = Duration.ofSeconds(1);
    }
  }
}
