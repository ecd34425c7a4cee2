/** Runs of an agent: streamed, known in large numbers, and joined late. */
@NullMarked
package io.millrace.bench.runs;

import org.jspecify.annotations.NullMarked;
