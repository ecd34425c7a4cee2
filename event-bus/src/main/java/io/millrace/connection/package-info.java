/** One open response: how bytes reach its socket and why and when it ends. Uses sse and event. */
@NullMarked
package io.millrace.connection;

import org.jspecify.annotations.NullMarked;
