package io.millrace.kafka.record;

import io.millrace.config.RunsConfig;
import io.millrace.event.Part;
import io.millrace.event.Part.Delta;
import io.millrace.event.Part.Kind;
import io.millrace.event.Scope;
import java.util.Optional;
import java.util.Set;

/**
 * What a record says of a run: an AG-UI 1.0 event by its {@code type}, an event of any other
 * vocabulary by the header {@code runid} and its name. Poll and replay threads.
 */
final class RunVocabulary {

  private final Set<String> startTypes;
  private final Set<String> endTypes;

  RunVocabulary(RunsConfig config) {
    this.startTypes = config.startTypes();
    this.endTypes = config.endTypes();
  }

  /** Of a value that is no JSON object, or is not looked into: its header and name alone. */
  Part named(Optional<String> header, String name) {
    return header
        .map(
            run ->
                Part.of(
                    startTypes.contains(name)
                        ? Kind.START
                        : endTypes.contains(name) ? Kind.END : Kind.MEMBER,
                    run,
                    ""))
        .orElse(Part.NONE);
  }

  /**
   * Of a JSON value.
   *
   * @param header the header {@code runid}; it wins over the payload
   * @param name the name of the event
   */
  Part part(JsonPayload json, Optional<String> header, String name) {
    PayloadFields fields = json.fields();
    Optional<Kind> kind = fields.text(PayloadFields.TYPE).flatMap(RunVocabulary::kind);
    if (kind.isEmpty()) {
      return named(header.or(() -> id(fields, PayloadFields.RUN_ID)), name);
    }
    Optional<String> run = header.or(() -> id(fields, PayloadFields.RUN_ID));
    Optional<String> subagent = id(fields, PayloadFields.SUBAGENT_RUN_ID);
    return switch (kind.get()) {
      case START -> Part.of(Kind.START, run.orElse(""), text(fields, PayloadFields.PARENT_RUN_ID));
      case START_NESTED ->
          Part.of(
              Kind.START_NESTED,
              subagent.orElse(""),
              id(fields, PayloadFields.PARENT_SUBAGENT_RUN_ID).or(() -> run).orElse(""));
      case DELTA -> delta(json, run, subagent);
      case END -> isOfSubagent(fields) ? of(Kind.END, run, subagent) : named(Kind.END, run);
      case NONE, MEMBER, MALFORMED_DELTA -> of(kind.get(), run, subagent);
    };
  }

  private static boolean isOfSubagent(PayloadFields fields) {
    return fields.text(PayloadFields.TYPE).orElse("").startsWith("SUBAGENT_");
  }

  private static Part named(Kind kind, Optional<String> run) {
    return Part.of(kind, run.orElse(""), "");
  }

  private static Part of(Kind kind, Optional<String> run, Optional<String> subagent) {
    return Part.of(kind, subagent.or(() -> run).orElse(""), subagent.flatMap(s -> run).orElse(""));
  }

  private static Part delta(JsonPayload json, Optional<String> run, Optional<String> subagent) {
    Part plain = of(Kind.DELTA, run, subagent);
    if (!json.fields().hasDelta() && isChunk(json.fields())) {
      return of(Kind.MEMBER, run, subagent);
    }
    Optional<Delta> delta = hasIds(json.fields()) ? json.delta() : Optional.empty();
    return delta
        .map(place -> new Part(Kind.DELTA, plain.run(), plain.parent(), place))
        .orElse(Part.of(Kind.MALFORMED_DELTA, plain.run(), plain.parent()));
  }

  /** One may carry no text, only the name of its tool or the role of its message. */
  private static boolean isChunk(PayloadFields fields) {
    return fields.text(PayloadFields.TYPE).orElse("").endsWith("_CHUNK");
  }

  /** A chunk may leave the id of its message or call out: it goes on with the last one. */
  private static boolean hasIds(PayloadFields fields) {
    return switch (fields.text(PayloadFields.TYPE).orElse("")) {
      case "TEXT_MESSAGE_CONTENT", "REASONING_MESSAGE_CONTENT" ->
          fields.text(PayloadFields.MESSAGE_ID).isPresent();
      case "TOOL_CALL_ARGS" -> fields.text(PayloadFields.TOOL_CALL_ID).isPresent();
      default -> true;
    };
  }

  private static Optional<String> id(PayloadFields fields, String name) {
    return fields.text(name).filter(Scope::isName);
  }

  private static String text(PayloadFields fields, String name) {
    return id(fields, name).orElse("");
  }

  private static Optional<Kind> kind(String type) {
    return switch (type) {
      case "RUN_STARTED" -> Optional.of(Kind.START);
      case "RUN_FINISHED", "RUN_ERROR", "SUBAGENT_FINISHED", "SUBAGENT_ERROR" ->
          Optional.of(Kind.END);
      case "SUBAGENT_STARTED" -> Optional.of(Kind.START_NESTED);
      case "TEXT_MESSAGE_CONTENT",
          "TEXT_MESSAGE_CHUNK",
          "TOOL_CALL_ARGS",
          "TOOL_CALL_CHUNK",
          "REASONING_MESSAGE_CONTENT",
          "REASONING_MESSAGE_CHUNK" ->
          Optional.of(Kind.DELTA);
      case "TEXT_MESSAGE_START",
          "TEXT_MESSAGE_END",
          "TOOL_CALL_START",
          "TOOL_CALL_END",
          "TOOL_CALL_RESULT",
          "STATE_SNAPSHOT",
          "STATE_DELTA",
          "MESSAGES_SNAPSHOT",
          "ACTIVITY_SNAPSHOT",
          "ACTIVITY_DELTA",
          "RAW",
          "CUSTOM",
          "STEP_STARTED",
          "STEP_FINISHED",
          "REASONING_START",
          "REASONING_MESSAGE_START",
          "REASONING_MESSAGE_END",
          "REASONING_END",
          "REASONING_ENCRYPTED_VALUE" ->
          Optional.of(Kind.MEMBER);
      default -> Optional.empty();
    };
  }
}
