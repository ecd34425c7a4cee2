package io.millrace.bench.runs;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What can be chosen about a run. */
final class RunsOptions {

  @Option(names = "--conversations", description = "that stream (default: ${DEFAULT-VALUE})")
  int conversations = 200;

  @Option(names = "--rate", description = "tokens/s of each (default: ${DEFAULT-VALUE})")
  double rate = 50;

  @Option(names = "--coalesce", description = "milliseconds, compared with none")
  int coalesce = 50;

  @Option(names = "--known", description = "conversations with a run (default: ${DEFAULT-VALUE})")
  int known = 100_000;

  @Option(names = "--few", description = "compared with so many (default: ${DEFAULT-VALUE})")
  int few = 100;

  @Option(
      names = "--subscribed",
      description = "of the many; of the few, all (default: ${DEFAULT-VALUE})")
  int subscribed = 5_000;

  @Option(
      names = "--known-rate",
      description = "tokens/s of all together, few or many (default: ${DEFAULT-VALUE})")
  double knownRate = 5_000;

  @Option(names = "--tokens", description = "of the run that is joined (default: ${DEFAULT-VALUE})")
  int tokens = 20_000;

  @Option(names = "--joins", description = "one after the other (default: ${DEFAULT-VALUE})")
  int joins = 50;

  @Option(names = "--rounds", description = "a fresh server each (default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--warmup", description = "as ISO 8601 (default: ${DEFAULT-VALUE})")
  Duration warmup = Duration.ofSeconds(20);

  @Option(names = "--time", description = "measured (default: ${DEFAULT-VALUE})")
  Duration time = Duration.ofSeconds(20);

  @Option(names = "--small", description = "the sizes of a test, whatever else is said")
  void small(boolean small) {
    if (small) {
      conversations = 10;
      rate = 20;
      known = 300;
      few = 20;
      subscribed = 40;
      knownRate = 400;
      tokens = 2_000;
      joins = 3;
      rounds = 1;
      warmup = Duration.ofMillis(500);
      time = Duration.ofSeconds(1);
    }
  }

  /** Clients that are connected at a time, at most. */
  int clients() {
    return Math.max(conversations, Math.max(subscribed, few));
  }
}
