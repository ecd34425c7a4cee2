package io.millrace.subscribe;

import io.millrace.event.Positions;
import java.util.concurrent.CompletionStage;

/** What subscribing needs to know of the topic beyond its tail. Any thread. */
public interface StreamGate {

  /** Whether the recent past is in memory, so that a subscriber can be served. */
  boolean isReady();

  /** Where the log ends, asked of the broker; fails while it is away. */
  CompletionStage<Positions> logEnd();
}
