/** Clients that were away for longer than the tail reaches back. */
@NullMarked
package io.millrace.bench.replay;

import org.jspecify.annotations.NullMarked;
