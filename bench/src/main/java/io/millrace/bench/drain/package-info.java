/** A replica is asked to go while events go on. */
@NullMarked
package io.millrace.bench.drain;

import org.jspecify.annotations.NullMarked;
