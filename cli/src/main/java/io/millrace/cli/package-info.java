/** The {@code millrace} command: one class per subcommand, options in, one call out. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
