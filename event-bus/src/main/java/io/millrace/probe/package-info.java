/**
 * A stream of known content and known times under each surface, by which a client finds out what
 * lies between it and the service. Reads no Kafka. Uses subscribe, admission, connection and sse.
 */
@NullMarked
package io.millrace.probe;

import org.jspecify.annotations.NullMarked;
