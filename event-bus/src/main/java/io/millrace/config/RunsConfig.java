package io.millrace.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** What is known of the runs of agents: {@code millrace.runs.*}. */
public interface RunsConfig {
  /**
   * How far back a replica that starts reads to learn which runs are in progress, where that is
   * further than the warm start of the tail. Most runs are shorter; 15 minutes of a busy topic are
   * read in seconds.
   */
  @WithDefault("15m")
  Duration lookBack();

  /**
   * Time without an event of a conversation after which its runs are forgotten, those that never
   * ended too. Longer than a person is asked for an approval.
   */
  @WithDefault("1h")
  Duration forgetAfter();

  /**
   * Most runs known, in progress or ended; beyond them those of the conversation that was silent
   * for longest are forgotten. One takes about 400 bytes, so these take 40 MB.
   */
  @WithDefault("100000")
  int maxKnown();

  /**
   * Event names ({@code ce_type}) with which the run that the header {@code runid} names begins.
   */
  @WithDefault("RUN_STARTED")
  Set<String> startTypes();

  /** Event names with which it ends. */
  @WithDefault("RUN_FINISHED,RUN_ERROR")
  Set<String> endTypes();
}
