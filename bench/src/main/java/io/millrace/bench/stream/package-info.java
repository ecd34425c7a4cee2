/** Reads one SSE stream and counts what arrives, for as little CPU as possible. */
@NullMarked
package io.millrace.bench.stream;

import org.jspecify.annotations.NullMarked;
