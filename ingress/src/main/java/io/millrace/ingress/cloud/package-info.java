/** One class for each tier that somebody else runs: what it can do, and which files it gets. */
@NullMarked
package io.millrace.ingress.cloud;

import org.jspecify.annotations.NullMarked;
