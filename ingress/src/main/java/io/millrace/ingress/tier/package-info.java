/** One class for each tier one runs oneself: what it can do, and which files it gets. */
@NullMarked
package io.millrace.ingress.tier;

import org.jspecify.annotations.NullMarked;
