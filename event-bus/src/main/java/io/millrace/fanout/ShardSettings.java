package io.millrace.fanout;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What all shards of a replica share.
 *
 * @param topic name of the topic, as clients are told it
 * @param heartbeat longest silence on a stream
 * @param bytesPerTurn most bytes of events read for one subscriber before the next has its turn
 * @param clock the time
 */
public record ShardSettings(
    String topic, Duration heartbeat, long bytesPerTurn, InstantSource clock) {}
