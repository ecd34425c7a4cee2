/** The HTTP front of {@code millrace up}: the reverse proxy to the replicas, and the demo page. */
@NullMarked
package io.millrace.cli.gateway;

import org.jspecify.annotations.NullMarked;
