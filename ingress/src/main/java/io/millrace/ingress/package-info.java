/**
 * What every proxy in front of a stream is asked for ({@code contract.yaml}), what each of them can
 * do, and the files under {@code ingress/} rendered from both.
 */
@NullMarked
package io.millrace.ingress;

import org.jspecify.annotations.NullMarked;
