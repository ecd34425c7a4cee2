/** Holds thousands of SSE streams and counts what arrives, for as little CPU as possible. */
@NullMarked
package io.millrace.bench.load;

import org.jspecify.annotations.NullMarked;
