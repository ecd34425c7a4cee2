/** The checks, by what they look at. */
@NullMarked
package io.millrace.cli.conformance.check;

import org.jspecify.annotations.NullMarked;
