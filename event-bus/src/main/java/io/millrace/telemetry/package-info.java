/** Every meter name and every numbered message. Used by all, uses none. */
@NullMarked
package io.millrace.telemetry;

import org.jspecify.annotations.NullMarked;
