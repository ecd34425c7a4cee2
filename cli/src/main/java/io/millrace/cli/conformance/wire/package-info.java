/** One exchange with a deployment, down to its bytes: nothing here repairs or interprets. */
@NullMarked
package io.millrace.cli.conformance.wire;

import org.jspecify.annotations.NullMarked;
