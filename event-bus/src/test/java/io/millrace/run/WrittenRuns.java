package io.millrace.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.RunsConfig;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An index to which events of one conversation are written, and a clock moved by hand. */
final class WrittenRuns {

  static final String DELTA =
      "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"x\"}";

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RunIndex index;
  long now = 1_000_000_000;
  private long offset;

  WrittenRuns(int maxKnown) {
    index = new RunIndex(new Limits(maxKnown), new Meters(registry));
  }

  private record Limits(int maxKnown) implements RunsConfig {
    @Override
    public Duration lookBack() {
      return Duration.ofMinutes(15);
    }

    @Override
    public Duration forgetAfter() {
      return Duration.ofHours(1);
    }

    @Override
    public Set<String> startTypes() {
      return Set.of("RUN_STARTED");
    }

    @Override
    public Set<String> endTypes() {
      return Set.of("RUN_FINISHED");
    }
  }

  Event write(String value, String... headers) {
    return writeTo("c", value, headers);
  }

  Event writeTo(String conversation, String value, String... headers) {
    return index.place(AgUiRecords.event(offset++, conversation, value, headers), now, now);
  }

  /** Ids of the runs an event was filed under. */
  static Set<String> runs(Event event) {
    Set<String> runs = new TreeSet<>();
    for (Route route : event.routes()) {
      if (route instanceof Route.Run run) {
        runs.add(run.id());
      }
    }
    return runs;
  }

  List<String> inProgress() {
    return index.inProgress("c").stream().map(Run::id).toList();
  }

  Run find(String run) {
    return index.find(new Route.Run("c", run)).orElseThrow();
  }

  double forgotten(String reason) {
    return registry.get("millrace.runs.forgotten").tag("reason", reason).counter().count();
  }

  static String started(String run) {
    return "{\"type\":\"RUN_STARTED\",\"threadId\":\"c\",\"runId\":\"" + run + "\"}";
  }

  static String child(String run, String parent) {
    return "{\"type\":\"RUN_STARTED\",\"runId\":\""
        + run
        + "\",\"parentRunId\":\""
        + parent
        + "\"}";
  }

  static String finished(String run) {
    return "{\"type\":\"RUN_FINISHED\",\"threadId\":\"c\",\"runId\":\"" + run + "\"}";
  }
}
