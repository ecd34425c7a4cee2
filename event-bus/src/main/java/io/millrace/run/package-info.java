/** Runs of agents: which are in progress, where they began, which events are theirs. Uses event. */
@NullMarked
package io.millrace.run;

import org.jspecify.annotations.NullMarked;
