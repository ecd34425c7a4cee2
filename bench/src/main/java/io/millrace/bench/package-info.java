/** Measures Millrace against a peer: one command, scenarios as its subcommands. */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
