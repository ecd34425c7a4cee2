package io.millrace.e2e.breaker;

import io.millrace.e2e.breaker.oracle.Topic.Burst;

/**
 * One thing that happens in a schedule. Clients and replicas are numbers; what is random about a
 * step is a seed inside it, so that a step does the same at every run.
 */
sealed interface Step {

  /** Records of all kinds, most of them for somebody; returns before the broker has them. */
  record Publish(Burst burst) implements Step {}

  /** The same in a transaction: markers, and what was aborted, leave gaps between offsets. */
  record Transact(Burst burst, boolean commit) implements Step {}

  /** The client goes to a replica with the last id it holds. */
  record Hop(int client, int replica) implements Step {}

  /** The same, asking for one of its scopes only. */
  record Narrow(int client, int replica, int scope) implements Step {}

  /** It comes back with an id from its past: 0 is the first it was given, 1 the last. */
  record Rewind(int client, int replica, double point) implements Step {}

  /** It comes with the cursor of a place far back in the topic: this many records a partition. */
  record Ancient(int client, int replica, int records) implements Step {}

  /** It comes with an id that no replica gave. */
  record Forge(int client, int replica, Forgery forgery) implements Step {}

  enum Forgery {
    /** Not a cursor at all. */
    GARBAGE,
    /** A cursor of another topic. */
    FOREIGN,
    /** A cursor past the end of the log. */
    BEYOND_END
  }

  /** It stops reading; its receive buffer is small. */
  record Stall(int client) implements Step {}

  /** It reads on. */
  record Read(int client) implements Step {}

  /** Its socket is reset, and it stays away until it hops. */
  record Vanish(int client) implements Step {}

  /** All tokens the client has now are void; it gets a fresh one when it is refused. */
  record Revoke(int client) implements Step {}

  /** SIGKILL; the replica is started again at once. */
  record Kill(int replica) implements Step {}

  /** SIGTERM; the replica is started again when it has gone. */
  record Terminate(int replica) implements Step {}

  /** SIGSTOP. */
  record Pause(int replica) implements Step {}

  /** SIGCONT. */
  record Resume(int replica) implements Step {}

  /** The broker goes away for a while; the schedule goes on meanwhile. */
  record RestartBroker(int awayMillis) implements Step {}

  /** The topic gets one more partition. */
  record AddPartition() implements Step {}

  /** Retention removes this part of what the log holds of the schedule. */
  record Retention(double part) implements Step {}

  /** Nothing, for a while. */
  record Wait(int millis) implements Step {}
}
