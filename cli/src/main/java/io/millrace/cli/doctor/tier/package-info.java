/** Which kind of proxy is known for a fault, and which line under {@code ingress/} cures it. */
@NullMarked
package io.millrace.cli.doctor.tier;

import org.jspecify.annotations.NullMarked;
