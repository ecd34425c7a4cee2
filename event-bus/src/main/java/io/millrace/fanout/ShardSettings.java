package io.millrace.fanout;

import io.millrace.telemetry.Traces;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all shards of a replica share.
 *
 * @param topic name of the topic, as clients are told it
 * @param heartbeat longest silence on a stream
 * @param checkpointAfter events for others after which a silent stream is told a fresh cursor
 * @param bytesPerTurn most bytes of events read for one subscriber before the next has its turn
 * @param clock the time
 * @param timer of event loops
 * @param traces spans of the way of events
 */
public record ShardSettings(
    String topic,
    Duration heartbeat,
    long checkpointAfter,
    long bytesPerTurn,
    InstantSource clock,
    LoopTimer timer,
    Traces traces) {

  /** With the timers that the event loops are, and without traces. */
  public ShardSettings(
      String topic,
      Duration heartbeat,
      long checkpointAfter,
      long bytesPerTurn,
      InstantSource clock) {
    this(topic, heartbeat, checkpointAfter, bytesPerTurn, clock, LoopTimer.OF_THE_LOOP);
  }

  /** Without traces. */
  public ShardSettings(
      String topic,
      Duration heartbeat,
      long checkpointAfter,
      long bytesPerTurn,
      InstantSource clock,
      LoopTimer timer) {
    this(topic, heartbeat, checkpointAfter, bytesPerTurn, clock, timer, Traces.OFF);
  }
}
