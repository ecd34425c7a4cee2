/** The scenario of one event that every stream receives. */
@NullMarked
package io.millrace.bench.fanout;

import org.jspecify.annotations.NullMarked;
