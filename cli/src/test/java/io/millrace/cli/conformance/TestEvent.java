package io.millrace.cli.conformance;

import java.util.List;
import java.util.Optional;

/** An event in the log of a {@link TestDeployment}. */
record TestEvent(String key, String json, Optional<String> type) {

  /** Whether it names this run. */
  boolean isOf(String run) {
    return json.contains("\"runId\":\"" + run + "\"");
  }

  boolean isEndOf(String run) {
    return isOf(run) && json.contains("RUN_FINISHED");
  }

  /** Whether it began a run whose end is not in this log. */
  boolean isBeginOfRunInProgress(List<TestEvent> log) {
    if (!json.contains("RUN_STARTED")) {
      return false;
    }
    String run = json.replaceAll(".*\"runId\":\"([^\"]*)\".*", "$1");
    return log.stream().noneMatch(event -> event.isEndOf(run));
  }
}
