/** One client far behind, beside live ones. */
@NullMarked
package io.millrace.bench.laggard;

import org.jspecify.annotations.NullMarked;
