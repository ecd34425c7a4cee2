/** The servers under comparison: how each is started, subscribed to and published to. */
@NullMarked
package io.millrace.bench.contender;

import org.jspecify.annotations.NullMarked;
