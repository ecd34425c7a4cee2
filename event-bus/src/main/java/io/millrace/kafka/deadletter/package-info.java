/**
 * Malformed records are set aside for their producers to look at. A thread of its own. Uses record.
 */
@NullMarked
package io.millrace.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
