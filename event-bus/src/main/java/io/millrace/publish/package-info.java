/** Publishing over HTTP: from a request to events, and to the answer. Uses kafka, subscribe. */
@NullMarked
package io.millrace.publish;

import org.jspecify.annotations.NullMarked;
