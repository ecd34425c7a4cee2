/** A scripted agent: AG-UI runs without a model. */
@NullMarked
package io.millrace.cli.agent;

import org.jspecify.annotations.NullMarked;
