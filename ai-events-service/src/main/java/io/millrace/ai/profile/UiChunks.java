package io.millrace.ai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.event.Event;
import io.millrace.event.Part.Kind;
import io.millrace.event.Route;
import io.millrace.sse.Past;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of an event in a UI message stream. An event without the fields its type should have
 * becomes nothing: its client would give up the whole stream for it.
 */
final class UiChunks {

  /** Types of AG-UI that are told to the page under their own names. */
  private static final Set<String> HAVE_NO_CHUNK =
      Set.of(
          "STATE_SNAPSHOT",
          "STATE_DELTA",
          "ACTIVITY_SNAPSHOT",
          "ACTIVITY_DELTA",
          "SUBAGENT_STARTED",
          "SUBAGENT_FINISHED",
          "SUBAGENT_ERROR",
          "RUN_STARTED",
          "RUN_FINISHED",
          "RUN_ERROR");

  private final Event event;

  private final JsonNode value;
  private final List<Event> deltas;
  private final Past past;

  private UiChunks(Event event, JsonNode value, List<Event> deltas, Past past) {
    this.event = event;
    this.value = value;
    this.deltas = deltas;
    this.past = past;
  }

  /**
   * @param event the event, or the first of several deltas
   * @param events all of them
   */
  static List<UiChunk> of(Event event, List<Event> events, Past past) {
    // Of a topic of opaque text: what is no JSON is a text.
    JsonNode value = Json.read(event.text()).orElseGet(() -> Json.text(event.text()));
    List<Event> deltas = event.part().isDelta() ? events : List.of();
    return new UiChunks(event, value, deltas, past).chunks();
  }

  private List<UiChunk> chunks() {
    String type = value.path("type").asText();
    return switch (event.part().kind()) {
      case START, END -> isOutermost() ? bound(type) : inPassing(type);
      case NONE, START_NESTED, MEMBER, DELTA, MALFORMED_DELTA ->
          switch (type) {
            case "TEXT_MESSAGE_START" -> part("text-start", "messageId");
            case "TEXT_MESSAGE_CONTENT" -> delta("text-delta");
            case "TEXT_MESSAGE_END" -> part("text-end", "messageId");
            case "TEXT_MESSAGE_CHUNK" -> whole("text");
            case "REASONING_MESSAGE_START" -> part("reasoning-start", "messageId");
            case "REASONING_MESSAGE_CONTENT" -> delta("reasoning-delta");
            case "REASONING_MESSAGE_END" -> part("reasoning-end", "messageId");
            case "REASONING_MESSAGE_CHUNK" -> whole("reasoning");
            case "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_CHUNK" -> toolInput();
            case "TOOL_CALL_END" -> toolInputEnded();
            case "TOOL_CALL_RESULT" -> toolOutput();
            default -> other(type);
          };
    };
  }

  private List<UiChunk> other(String type) {
    return switch (type) {
      case "STEP_STARTED" -> List.of(UiChunk.of("start-step"));
      case "STEP_FINISHED" -> List.of(UiChunk.of("finish-step"));
      case "CUSTOM" -> custom();
      case "RAW", "MESSAGES_SNAPSHOT", "REASONING_START", "REASONING_END" -> List.of();
      case "REASONING_ENCRYPTED_VALUE" -> List.of();
      default -> inPassing(type);
    };
  }

  /** Whether the run that it begins or ends is in no other. */
  private boolean isOutermost() {
    return event.routes().stream().filter(Route.Run.class::isInstance).count() == 1;
  }

  private List<UiChunk> bound(String type) {
    if (event.part().kind() == Kind.START) {
      // So that a page knows what to ask for the rest of.
      return List.of(UiChunk.of("start").with("messageId", event.part().run()));
    }
    if (type.equals("RUN_ERROR")) {
      String message = value.path("message").asText("The run failed");
      return List.of(UiChunk.of("error").with("errorText", message));
    }
    String outcome = value.path("outcome").path("type").asText("success");
    String reason = outcome.equals("success") ? "stop" : "other";
    return List.of(UiChunk.of("finish").with("finishReason", reason));
  }

  /** Beginning or end of a text. */
  private List<UiChunk> part(String type, String idField) {
    return text(idField).map(id -> UiChunk.of(type).with("id", id)).stream().toList();
  }

  private List<UiChunk> delta(String type) {
    return deltas.isEmpty()
        ? List.of()
        : text("messageId")
            .map(id -> UiChunk.of(type).with("id", id).withTexts("delta", deltas))
            .stream()
            .toList();
  }

  /**
   * A text of its own for each: nothing says whether a chunk is the first of its message or the
   * last.
   */
  private List<UiChunk> whole(String kind) {
    if (deltas.isEmpty()) {
      return List.of();
    }
    String id = text("messageId").orElse(kind);
    return List.of(
        UiChunk.of(kind + "-start").with("id", id),
        UiChunk.of(kind + "-delta").with("id", id).withTexts("delta", deltas),
        UiChunk.of(kind + "-end").with("id", id));
  }

  private List<UiChunk> toolInput() {
    Optional<String> id = text("toolCallId");
    if (id.isEmpty()) {
      return List.of();
    }
    Optional<UiChunk> start =
        text("toolCallName")
            .map(
                name ->
                    UiChunk.of("tool-input-start")
                        .with("toolCallId", id.get())
                        .with("toolName", name));
    Optional<UiChunk> delta =
        deltas.isEmpty()
            ? Optional.empty()
            : Optional.of(
                UiChunk.of("tool-input-delta")
                    .with("toolCallId", id.get())
                    .withTexts("inputTextDelta", deltas));
    return Stream.of(start, delta).flatMap(Optional::stream).toList();
  }

  private List<UiChunk> toolInputEnded() {
    return text("toolCallId")
        .flatMap(id -> ToolCall.ended(id, event, past))
        .map(ToolCall::chunk)
        .stream()
        .toList();
  }

  private List<UiChunk> toolOutput() {
    Optional<String> id = text("toolCallId");
    if (id.isEmpty()) {
      return List.of();
    }
    // AG-UI has no result of a call that failed; some producers say so with a field of their own.
    UiChunk chunk =
        text("error")
            .map(error -> UiChunk.of("tool-output-error").with("errorText", error))
            .orElseGet(() -> UiChunk.of("tool-output-available").with("output", field("content")));
    return List.of(chunk.with("toolCallId", id.get()));
  }

  private List<UiChunk> custom() {
    return text("name")
        .map(name -> UiChunk.of("data-" + name).with("data", field("value")))
        .stream()
        .toList();
  }

  /** As it is, for who listens to {@code onData}. */
  private List<UiChunk> inPassing(String type) {
    return List.of(UiChunk.of("data-" + name(type)).with("data", value).inPassing());
  }

  private String name(String type) {
    if (HAVE_NO_CHUNK.contains(type)) {
      return type.toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return event.type().isEmpty() ? "message" : event.type();
  }

  private Optional<String> text(String field) {
    return Optional.of(value.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private JsonNode field(String name) {
    return value.has(name) ? value.get(name) : NullNode.getInstance();
  }
}
