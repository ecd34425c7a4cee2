/**
 * From a request to a subscriber: caller, scopes, resume point, or the reason why not. Uses event,
 * sse, tail, fanout, connection.
 */
@NullMarked
package io.millrace.subscribe;

import org.jspecify.annotations.NullMarked;
