package io.millrace.subscribe;

import io.millrace.event.Positions;
import io.millrace.fanout.Shard;
import io.millrace.fanout.Subscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Checks cursors that are ahead of this replica against the end of the log. A real one comes from a
 * replica that read faster; one beyond the log's end would wait in silence for offsets to come.
 */
final class LogEndCheck {

  private final StreamGate gate;

  LogEndCheck(StreamGate gate) {
    this.gate = gate;
  }

  /**
   * Asked twice when the first answer says no: answers are shared, so the first may be of a
   * question from before the cursor was made; the second can't. An answer that fails (the broker is
   * away) proves nothing, and the cursor is believed.
   */
  void confirm(Shard shard, Subscriber subscriber, Positions cursor, Executor loop) {
    gate.logEnd()
        .thenCompose(
            end -> end.covers(cursor) ? CompletableFuture.completedStage(end) : gate.logEnd())
        .thenAcceptAsync(end -> shard.confirm(subscriber, end), loop);
  }
}
