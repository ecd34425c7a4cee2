package io.millrace.bench.fanout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen about a run; the defaults are the published comparison. */
final class FanoutOptions {

  @Option(names = "--streams", description = "streams under load (default: ${DEFAULT-VALUE})")
  int streams = 5_000;

  @Option(
      names = "--idle-streams",
      description = "silent streams for the memory figure (default: ${DEFAULT-VALUE})")
  int idleStreams = 10_000;

  @Option(names = "--rounds", description = "rounds, in turns (default: ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(
      names = "--rate",
      description = "events a second at the paced load (default: ${DEFAULT-VALUE})")
  double rate = 15;

  @Option(names = "--event-bytes", description = "size of the JSON (default: ${DEFAULT-VALUE})")
  int eventBytes = 208;

  @Option(
      names = "--in-flight",
      description = "events under way at the saturated load (default: ${DEFAULT-VALUE})")
  int inFlight = 2;

  @Option(
      names = "--burst",
      description = "events under way at the second saturated load (default: ${DEFAULT-VALUE})")
  int burst = 32;

  @Option(names = "--warmup", description = "as ISO 8601 (default: ${DEFAULT-VALUE})")
  Duration warmup = Duration.ofSeconds(10);

  @Option(names = "--paced-time", description = "(default: ${DEFAULT-VALUE})")
  Duration pacedTime = Duration.ofSeconds(10);

  @Option(names = "--saturated-time", description = "each (default: ${DEFAULT-VALUE})")
  Duration saturatedTime = Duration.ofSeconds(8);

  @Option(
      names = "--client-loops",
      description = "event loops of the load client (default: ${DEFAULT-VALUE})")
  int clientLoops = 1;

  @Option(names = "--only", description = "leave the other server out: millrace or nchan")
  @Nullable String only;

  @Option(names = "--no-pin", description = "leave the placement on cores to the kernel")
  boolean noPin;

  boolean includes(String contender) {
    return only == null || only.equals(contender);
  }
}
