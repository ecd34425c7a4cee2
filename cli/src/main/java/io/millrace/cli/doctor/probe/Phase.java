package io.millrace.cli.doctor.probe;

import java.time.Duration;
import java.util.Locale;

/** What the probe plays; each phase shows other faults. */
public enum Phase {
  /** The head at once, nothing for two seconds, one event. */
  SILENCE(2),

  /** Ten small events, evenly. */
  SMALL(3),

  /** Events of 3, 6 and 64 KiB, twice each, evenly. */
  LARGE(3),

  /** An event, silence of a length to choose, an event. */
  IDLE(5),

  /** An event every second for a time to choose. */
  TOTAL(5),

  /** As many bytes as asked for, without a pause. */
  BYTES(22),

  /** An event, then a comment every second for a time to choose. */
  HOLD(30);

  private final Duration longest;

  Phase(int longestSeconds) {
    longest = Duration.ofSeconds(longestSeconds);
  }

  /** How long it takes when nothing is said; for {@link #BYTES} over a slow line. */
  Duration longest() {
    return longest;
  }

  /** As the probe calls it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
