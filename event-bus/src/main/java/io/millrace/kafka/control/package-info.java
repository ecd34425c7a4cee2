/** Reads the control topic. A thread of its own. Uses control, topic, fanout. */
@NullMarked
package io.millrace.kafka.control;

import org.jspecify.annotations.NullMarked;
