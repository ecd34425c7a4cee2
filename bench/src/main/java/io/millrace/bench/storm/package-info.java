/** Everyone comes back at once. */
@NullMarked
package io.millrace.bench.storm;

import org.jspecify.annotations.NullMarked;
