/** Records become events: what a producer wrote, checked. Poll and replay threads. Uses event. */
@NullMarked
package io.millrace.kafka.record;

import org.jspecify.annotations.NullMarked;
