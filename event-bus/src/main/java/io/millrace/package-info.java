/** Puts the parts of the event bus together inside a service. Used by none of them. */
@NullMarked
package io.millrace;

import org.jspecify.annotations.NullMarked;
