/** Holds thousands of SSE clients, which may stall, vanish and come back. */
@NullMarked
package io.millrace.bench.load;

import org.jspecify.annotations.NullMarked;
