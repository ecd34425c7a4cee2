/**
 * What keeps the replica honest: heartbeats, leases, readiness, liveness. Uses fanout, connection,
 * kafka, tail.
 */
@NullMarked
package io.millrace.lifecycle;

import org.jspecify.annotations.NullMarked;
