/** Events on their way to the topic. Any thread. Uses record. */
@NullMarked
package io.millrace.kafka.publish;

import org.jspecify.annotations.NullMarked;
