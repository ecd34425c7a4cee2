package io.millrace.cli.conformance.check;

import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.stream.Collectors;

/** A run of one trial in the conversation of the test user, as AG-UI events that name it. */
final class AgentRun {

  /** What a check does while a run is in progress. */
  @FunctionalInterface
  interface Meanwhile {
    void happens(AgentRun run) throws Exception;
  }

  private final Trial trial;
  private final Sequence events;
  private final String id = "conformance-" + UUID.randomUUID();
  private boolean over;

  private AgentRun(Trial trial) {
    this.trial = trial;
    this.events = new Sequence(trial);
  }

  /**
   * Publishes its first event, number 1. However the check goes, the run has an end: what comes
   * after begins with no run in progress.
   */
  static void during(Trial trial, Meanwhile meanwhile) throws Exception {
    AgentRun run = new AgentRun(trial);
    run.publish("RUN_STARTED", new JsonObject());
    try {
      meanwhile.happens(run);
    } finally {
      run.finish();
    }
  }

  String id() {
    return id;
  }

  /** Its events, by number: every piece of its text is one. */
  Sequence events() {
    return events;
  }

  /** Publishes the next piece of its text. */
  void say(String text) throws Exception {
    publish("TEXT_MESSAGE_CONTENT", delta(text));
  }

  /** The same without a number, as pieces are that may be merged. */
  void whisper(String text) throws Exception {
    events.publishValue(event("TEXT_MESSAGE_CONTENT", delta(text)).encode());
  }

  private JsonObject delta(String text) {
    return new JsonObject().put("messageId", id).put("delta", text);
  }

  /** Publishes its last event, once. */
  void finish() throws Exception {
    if (!over) {
      over = true;
      publish("RUN_FINISHED", new JsonObject());
    }
  }

  private void publish(String type, JsonObject fields) throws Exception {
    events.publishValue(event(type, fields).put("mark", events.nextMark()).encode());
  }

  private JsonObject event(String type, JsonObject fields) {
    return fields.put("type", type).put("threadId", trial.target().key()).put("runId", id);
  }

  /** The text of its message, as far as it came. */
  String text(Answer stream) {
    return stream.frames().stream().map(this::delta).collect(Collectors.joining());
  }

  private String delta(Frame frame) {
    if (!frame.data().startsWith("{")) {
      return "";
    }
    try {
      JsonObject event = new JsonObject(frame.data());
      boolean own = id.equals(event.getValue("messageId"));
      return own ? String.valueOf(event.getValue("delta")) : "";
    } catch (DecodeException notJson) {
      return "";
    }
  }
}
