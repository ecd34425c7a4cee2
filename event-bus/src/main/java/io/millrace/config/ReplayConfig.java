package io.millrace.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Reading what lies before the tail: {@code millrace.replay.*}. */
public interface ReplayConfig {
  /** Reads at the same time. Each keeps a core busy; all who wait share them. */
  @WithDefault("2")
  int readers();

  /**
   * Most records between a subscriber's cursor and the tail. Further back it is told to refetch: a
   * cursor is untrusted, and a reader takes seconds for a million records.
   */
  @WithDefault("5000000")
  long maxRecords();

  /** Events a read holds in memory for riders slower than its fastest. */
  @WithDefault("2M")
  MemorySize windowBytes();

  /** After this time a read ends if others wait; its riders go to the end of the line. */
  @WithDefault("10s")
  Duration maxDuration();

  /** A read whose riders all take nothing more for so long ends; they come back when they do. */
  @WithDefault("1s")
  Duration patience();
}
