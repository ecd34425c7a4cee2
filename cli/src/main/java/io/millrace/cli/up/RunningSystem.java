package io.millrace.cli.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What {@code up} has started.
 *
 * @param gateway the address of the gateway and the demo page
 * @param kafka {@code host:port} of the broker
 * @param logs the directory every process writes its log to
 * @param startTime how long it took until everything was ready
 */
public record RunningSystem(
    String gateway, String kafka, List<Replica> replicas, Path logs, Duration startTime) {}
