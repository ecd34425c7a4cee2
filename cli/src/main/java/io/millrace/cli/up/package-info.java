/** Starts, watches and ends everything {@code millrace up} runs. */
@NullMarked
package io.millrace.cli.up;

import org.jspecify.annotations.NullMarked;
