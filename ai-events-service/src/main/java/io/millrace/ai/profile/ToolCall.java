package io.millrace.ai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.sse.Past;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A call of a tool whose arguments are complete. Its end says nothing of them, so they are put
 * together from the log: it holds what was sent a moment ago, and nothing is kept per call.
 *
 * @param id of the call
 * @param events from its beginning on, those of others among them
 */
record ToolCall(String id, List<JsonNode> events) {

  /** Empty where the log no longer reaches back to its beginning. */
  static Optional<ToolCall> ended(String id, Event end, Past past) {
    return end.routes().stream()
        .filter(Route.Run.class::isInstance)
        .findFirst()
        .map(run -> past.since(event -> isStart(event, id), end, run))
        .filter(events -> !events.isEmpty())
        .map(events -> new ToolCall(id, values(events)));
  }

  private static boolean isStart(Event event, String id) {
    return !event.part().isDelta()
        && Json.read(event.text()).filter(value -> isOf(value, "TOOL_CALL_START", id)).isPresent();
  }

  private static boolean isOf(JsonNode value, String type, String id) {
    return value.path("type").asText().equals(type) && value.path("toolCallId").asText().equals(id);
  }

  private static List<JsonNode> values(List<Event> events) {
    return events.stream().flatMap(event -> Json.read(event.text()).stream()).toList();
  }

  UiChunk chunk() {
    String arguments =
        events.stream()
            .filter(value -> isOf(value, "TOOL_CALL_ARGS", id))
            .map(value -> value.path("delta").asText())
            .collect(Collectors.joining());
    Optional<JsonNode> input =
        arguments.isBlank() ? Optional.of(Json.object()) : Json.read(arguments);
    UiChunk chunk =
        input
            .map(value -> UiChunk.of("tool-input-available").with("input", value))
            .orElseGet(
                () ->
                    UiChunk.of("tool-input-error")
                        .with("input", arguments)
                        .with("errorText", "The arguments are not JSON"));
    return chunk
        .with("toolCallId", id)
        .with("toolName", events.get(0).path("toolCallName").asText());
  }
}
