/**
 * The topic: tailing it, decoding its records. The only package that knows Kafka. Uses event, tail,
 * fanout.
 */
@NullMarked
package io.millrace.kafka;

import org.jspecify.annotations.NullMarked;
