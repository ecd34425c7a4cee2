/** The recent past of one topic in memory: appended by one thread, read by all. Uses event. */
@NullMarked
package io.millrace.tail;

import org.jspecify.annotations.NullMarked;
