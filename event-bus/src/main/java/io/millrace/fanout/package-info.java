/**
 * From the tail to the connections: who wants which event, and where each subscriber stands. Uses
 * event, sse, tail, connection.
 */
@NullMarked
package io.millrace.fanout;

import org.jspecify.annotations.NullMarked;
