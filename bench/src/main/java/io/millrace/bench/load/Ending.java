package io.millrace.bench.load;

/**
 * A stream that the server has ended.
 *
 * @param nanos when the client noticed, on the bench's clock
 * @param announced whether {@code stream.reconnect} came before
 */
public record Ending(long nanos, boolean announced) {}
