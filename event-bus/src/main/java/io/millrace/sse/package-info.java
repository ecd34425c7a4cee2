/**
 * Bytes of the event stream: events and the server's own frames, encoded as the WHATWG text
 * demands. Uses event.
 */
@NullMarked
package io.millrace.sse;

import org.jspecify.annotations.NullMarked;
