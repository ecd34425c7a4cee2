package io.millrace.kafka.publish;

/** Where a record was written. */
public record Place(int partition, long offset) {}
