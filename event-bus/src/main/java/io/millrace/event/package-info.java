/**
 * What travels: an event, whom it is addressed to, and the cursor that names a place in its topic.
 * Uses the JDK only.
 */
@NullMarked
package io.millrace.event;

import org.jspecify.annotations.NullMarked;
