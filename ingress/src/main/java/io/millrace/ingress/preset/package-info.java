/** What the chart says to each ingress controller and gateway implementation. */
@NullMarked
package io.millrace.ingress.preset;

import org.jspecify.annotations.NullMarked;
