/**
 * Reading what lies before the tail, once for all who wait for it. Replay threads. Uses event,
 * tail, fanout, kafka.topic, kafka.record.
 */
@NullMarked
package io.millrace.kafka.replay;

import org.jspecify.annotations.NullMarked;
