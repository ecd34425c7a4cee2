/** Publishing one record to Kafka, checked before it is sent. */
@NullMarked
package io.millrace.cli.publish;

import org.jspecify.annotations.NullMarked;
