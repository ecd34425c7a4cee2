/** What every subcommand needs: where state is kept, how a failure is told, how long to wait. */
@NullMarked
package io.millrace.cli.runtime;

import org.jspecify.annotations.NullMarked;
