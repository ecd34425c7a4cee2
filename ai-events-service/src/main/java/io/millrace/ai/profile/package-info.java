/** The dialects that {@code profile=} knows besides the native one. */
@NullMarked
package io.millrace.ai.profile;

import org.jspecify.annotations.NullMarked;
