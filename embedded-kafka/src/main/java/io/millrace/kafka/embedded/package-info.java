/**
 * A real Kafka broker in this JVM, for the {@code millrace} command and for tests.
 *
 * <p>{@link EmbeddedKafka} is the way in: it formats a {@code DataDirectory}, writes the {@code
 * BrokerProperties} and runs Kafka's own server with them.
 */
@NullMarked
package io.millrace.kafka.embedded;

import org.jspecify.annotations.NullMarked;
