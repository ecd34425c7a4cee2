/** Clients that stop reading, among others that do not. */
@NullMarked
package io.millrace.bench.stalled;

import org.jspecify.annotations.NullMarked;
