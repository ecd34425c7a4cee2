/**
 * Tailing the topic. With its sub-packages the only one that knows Kafka. Uses event, tail, fanout.
 */
@NullMarked
package io.millrace.kafka;

import org.jspecify.annotations.NullMarked;
