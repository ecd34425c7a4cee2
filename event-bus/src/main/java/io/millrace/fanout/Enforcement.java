package io.millrace.fanout;

import io.millrace.connection.CloseReason;
import io.millrace.control.Revocations;
import io.millrace.event.Positions;
import java.util.Optional;

/**
 * Ends streams whose token or grant was revoked, at once, and those of an ended conversation, when
 * they were given all of it. The event loop of the shard.
 */
final class Enforcement {

  private final Shard shard;
  private final Revocations revocations;

  Enforcement(Shard shard, Revocations revocations) {
    this.shard = shard;
    this.revocations = revocations;
  }

  void check(Subscriber subscriber) {
    if (revocations.isRevoked(subscriber.credential(), subscriber.routes())) {
      shard.close(subscriber, CloseReason.REVOKED);
      return;
    }
    Optional<Positions> end = revocations.end(subscriber.routes());
    if (end.isPresent()) {
      if (shard.reached(subscriber).covers(end.get())) {
        shard.close(subscriber, CloseReason.CONVERSATION_ENDED);
      } else {
        revocations.unsettled();
      }
    }
  }
}
