/** Who gets in: how many streams there may be, of whom. Uses telemetry and config only. */
@NullMarked
package io.millrace.admission;

import org.jspecify.annotations.NullMarked;
