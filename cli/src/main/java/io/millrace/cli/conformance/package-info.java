/**
 * The wire contract as a suite that runs against any deployment from outside. {@code wire} is one
 * exchange, {@code target} what is tested, {@code check} the checks; here they are run and told.
 */
@NullMarked
package io.millrace.cli.conformance;

import org.jspecify.annotations.NullMarked;
