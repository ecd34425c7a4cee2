/** A broker on its own: its topics, and whom it tells which address. */
@NullMarked
package io.millrace.cli.broker;

import org.jspecify.annotations.NullMarked;
