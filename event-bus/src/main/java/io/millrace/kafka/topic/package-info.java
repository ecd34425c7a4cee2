/**
 * The topic as a whole: which one it is, where its log ends, a consumer of all of it. Uses event.
 */
@NullMarked
package io.millrace.kafka.topic;

import org.jspecify.annotations.NullMarked;
